"""How large a file may be before it is refused (section 7 of the design: bad input)."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """The defaults admit a sheet of 1,048,576 x 31 real cells (213 MB xlsx, 1.6 GB unpacked, 2.7 GB of memory)."""

    file_bytes: int = 1024 * MIB
    unpacked_bytes: int = 2560 * MIB
    ratio: int = 100  # unpacked : packed of one part; real sheets have 5-30
    free_bytes: int = 16 * MIB  # a part smaller than this may have any ratio
    members: int = 2_000
    rows: int = 1_048_576  # of a sheet; a text file may have ten times as many
    columns: int = 256
    cells: int = 1_048_576 * 40  # the rectangle the reader has to hold
    sparse_cells: int = 4_000_000  # a rectangle larger than this must be filled to one fiftieth
    cell_chars: int = 32_767
    memory_bytes: int = 3584 * MIB
    seconds: float = 300.0
