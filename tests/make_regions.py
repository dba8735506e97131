"""A gazetteer of the packaged lists with a few aliases, as a campaign file would give them."""

from models import reference
from models.rules.region import Gazetteer

GAZETTEER = Gazetteer.build(
    city_counties=reference.city_counties(),
    city_towns=reference.city_towns(),
    province_counties=reference.province_counties(),
    province_cities=reference.province_cities(),
    provinces=reference.provinces(),
    aliases={
        "柳江县": "450206",
        "450221": "450206",
        "柳东新区": "450203",
        "阳和工业新区": "450203",
        "北部生态新区": "",
    },
)
