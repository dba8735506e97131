#!/bin/sh
# One way in: readies the machine as far as it is not, then runs what was asked for.
# POSIX sh and Debian's essential packages only, for a machine that has nothing else yet.
set -eu

project=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
venv=$project/.venv
lock=$project/requirements.lock
pythons=${YINGBAO_PYTHON:-python3.14 python3.13 python3.12 python3.11 python3}
system_packages="tzdata libpangoft2-1.0-0 libharfbuzz-subset0"

export LC_ALL=C.UTF-8 PYTHONUTF8=1

refuse() {
    printf '%s\n' "$@" >&2
    exit 5
}

usage() {
    printf '%s\n' '用法 / Usage:' \
        '  sh run.sh demo [ARGS...]    样例数据走完全程 / the whole way on sample data' \
        '  sh run.sh test [ARGS...]    全部检查和测试 / all checks and tests' \
        '  sh run.sh yingbao ARGS...   应报命令行 / the command line' >&2
    exit 2
}

# Debian ships ensurepip apart from python3 (python3-venv), so a Python without it does not do.
# Called from inside our own environment, this still answers with the Python it was made from.
newest_python() {
    for name in $pythons; do
        "$name" -c '
import ensurepip, os, sys
assert (3, 11) <= sys.version_info[:2] <= (3, 14)
print(os.path.realpath(sys._base_executable))' 2>/dev/null && return
    done
    return 1
}

missing_packages() {
    newest_python >/dev/null || printf '%s ' python3 python3-venv
    for package in $system_packages; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || printf '%s ' "$package"
    done
}

refuse_other_python() {
    version=$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || return 0
    case $version in 3.11 | 3.12 | 3.13 | 3.14) return 0 ;; esac
    refuse "需要 Python 3.11 至 3.14（含 venv），本机是 $version。请换用 Debian 12/13 或 Ubuntu 24.04，或另装合适的 Python。" \
        "Python 3.11 to 3.14 (with venv) is needed, this machine has $version. Use Debian 12/13 or Ubuntu 24.04, or add such a Python."
}

install_packages() {
    printf '%s\n' "正在安装系统软件包 / Installing system packages: $*"
    export DEBIAN_FRONTEND=noninteractive
    {
        apt-get -qq update &&
            apt-get -qq -o DPkg::Lock::Timeout=300 install --yes --no-install-recommends "$@"
    } || refuse '系统软件包安装失败，原因见上。' 'Installing system packages failed, see above.'
}

prepare_system() {
    newest_python >/dev/null || refuse_other_python
    # shellcheck disable=SC2046 # one word per package
    set -- $(missing_packages)
    [ $# -gt 0 ] || return 0
    [ "$(id -u)" -eq 0 ] || refuse \
        '缺少系统软件包。请以 root 身份运行下面这一行，然后重试：' \
        'System packages are missing. Run this line as root, then try again:' \
        '' "    apt-get update && apt-get install --yes --no-install-recommends $*" ''
    install_packages "$@"
    newest_python >/dev/null || refuse_other_python
}

# The stamp is written last: an environment whose making was cut short is made anew.
prepare_environment() {
    python=$(newest_python)
    wanted="$("$python" -V) $python $project $(sha256sum <"$lock")"
    [ "$(cat "$venv/.complete" 2>/dev/null)" != "$wanted" ] || return 0
    printf '%s\n' '正在安装 Python 软件包，约需一分钟 / Installing Python packages, about a minute'
    {
        "$python" -m venv --clear "$venv" &&
            "$venv/bin/python" -m pip install -qq --no-input --disable-pip-version-check --no-compile \
                --no-deps --only-binary :all: --require-hashes --requirement "$lock"
    } || refuse 'Python 软件包安装失败，原因见上；请检查网络或 pip 的软件源设置后重试。' \
        'Installing Python packages failed, see above; check the network or the index that pip is set to.'
    # on both cores, where pip would use one; only speeds up what comes later, so it may fail
    "$venv/bin/python" -m compileall -qq -j 0 "$venv/lib" || true
    printf '%s\n' "$wanted" >"$venv/.complete"
}

prepare_project() {
    ! cmp -s "$project/pyproject.toml" "$venv/.pyproject.toml" || return 0
    "$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-index --no-deps --no-build-isolation \
        --editable "$project" || refuse '项目安装失败，原因见上。' 'Installing the project failed, see above.'
    cp "$project/pyproject.toml" "$venv/.pyproject.toml"
}

# Standard output is left to what is run (it may be JSON). Two starts at once wait for each other. As root
# the embedded PostgreSQL runs as another user, who must be able to read the environment.
prepare() (
    umask 022
    flock 9
    prepare_system
    prepare_environment
    prepare_project
) 9<"$lock" >&2 </dev/null

run_tests() {
    cd "$project"
    echo "在 $(python -V) 上测试"
    ruff format --check
    ruff check
    mypy
    lint-imports
    pytest -n 2 --dist loadfile "$@"
}

command=${1:-}
case $command in demo | test | yingbao) shift ;; *) usage ;; esac
prepare
PATH=$venv/bin:$PATH
case $command in
demo) exec yingbao demo "$@" ;;
yingbao) exec yingbao "$@" ;;
test) run_tests "$@" ;;
esac
