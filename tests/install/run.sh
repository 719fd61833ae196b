#!/bin/sh
# Builds and runs every example of examples/c against an installed prefix by pkg-config alone, and shows that without
# pkg-config's flags the same program does not build: tests/install/run.sh PREFIX
set -u
cd "$(dirname "$0")/../.."
prefix=$1
export PKG_CONFIG_PATH="$prefix/lib/pkgconfig" LD_LIBRARY_PATH="$prefix/lib"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

note() {
    if [ "$1" -eq 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $2"
        cat "$work/log"
    fi
}

for source in examples/c/*.c; do
    name=$(basename "$source" .c)
    # shellcheck disable=SC2046
    cc -std=c11 -Wall -Wextra -Werror -o "$work/$name" "$source" $(pkg-config --cflags --libs govcore) \
        > "$work/log" 2>&1 && (cd examples/data && "$work/$name") > "$work/log" 2>&1
    note $? "$source builds and runs with pkg-config's flags"
    ! cc -std=c11 -o "$work/$name.bare" "$source" > "$work/log" 2>&1
    note $? "$source must not build without them"
done
# shellcheck disable=SC2046
cc -std=c11 -o "$work/static" examples/c/score.c $(pkg-config --cflags govcore) "$prefix/lib/libgovcore.a" \
    $(pkg-config --libs --static govcore | sed 's/-lgovcore//') > "$work/log" 2>&1
note $? "the static library links with the private requirements"
"$prefix/bin/govcore" --version > "$work/log" 2>&1
note $? "the installed command runs"
sqlite3 :memory: ".load $prefix/lib/libgovcore gov_sqlite_init" "SELECT gov_citizen_id_valid('11010519491231002X'),
    gov_citizen_id_reason('110105194912310021', 'zh'), gov_mask('name', '欧阳娜娜'), gov_division_parent('310104003'),
    gov_code_name('sex', '2', 'zh'), round(gov_distance(0, 0, 90, 0) / 6371008.8, 9)" > "$work/log" 2>&1 &&
    grep -qxF '1|校验码不符，按前面各位应为 X|欧阳**|310104|女性|1.570796327' "$work/log"
note $? "the sqlite3 shell loads the library and calls its functions"
readelf -d "$prefix/lib/libgovcore.so" | grep -q "SONAME.*libgovcore.so.$(cat ABI)\]"
note $? "the soname follows the file ABI"
echo "install: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
