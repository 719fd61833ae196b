#!/bin/sh
# The command as a user runs it: tests/cli/run.sh GOVCORE
#
# Each check states what it expects: the exit code, a pattern in what is said, and for bad input that the store is as
# it was (the digest of its rows, and of the file where nothing may be written).
set -u
govcore=$1
here=$(cd "$(dirname "$0")" && pwd)
data=$here/../../examples/data
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
unset LC_ALL LC_MESSAGES
export LANG=C
passed=0
failed=0

verdict() { # what held(0) or not, claim
    if [ "$1" -eq 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $2"
        sed 's/^/    out: /' out | head -n 5
        sed 's/^/    err: /' err | head -n 5
    fi
}

# expect CODE PATTERN CLAIM COMMAND...: the command ends with the code and says the pattern (an extended regular
# expression, on either stream).
expect() {
    code=$1
    pattern=$2
    claim=$3
    shift 3
    "$@" > out 2> err
    got=$?
    [ "$got" -eq "$code" ] && { cat out err; echo; } | grep -Eq -- "$pattern"
    verdict $? "$claim (exit $got, expected $code and /$pattern/)"
}

# The state of a store: all rows of the kinds, and the chain of its change log.
state() {
    for kind in grid person household event; do
        "$govcore" sql "$1" "select * from $kind" --format csv --fields sensitive
    done 2>&1 | cksum
    "$govcore" verify "$1" --quiet
}

# unchanged PATTERN CODE CLAIM COMMAND...: as expect, and the store s.gov is as it was.
unchanged() {
    before=$(state s.gov)
    expect "$@"
    [ "$before" = "$(state s.gov)" ]
    verdict $? "$3: the store is as it was"
}

# --- Use ---------------------------------------------------------------------------------------------------------
expect 0 'usage: govcore COMMAND' 'help lists the commands' "$govcore" help
expect 0 '用法' 'help speaks Chinese' "$govcore" help --lang zh
expect 0 'usage: govcore import' 'help explains a command' "$govcore" help import
expect 0 'usage: govcore score' '--help explains a command' "$govcore" score --help
expect 0 '^govcore [0-9]' '--version tells the version' "$govcore" --version
expect 2 'there is no command frobnicate' 'an unknown command is wrong use' "$govcore" frobnicate
expect 2 'unknown option --modle' 'an unknown option is wrong use' "$govcore" score --modle x
expect 2 'needs a value' 'an option without its value is wrong use' "$govcore" score --model
expect 2 '--threads must be a whole number' 'a number that is none is wrong use' "$govcore" score --threads x
expect 2 '--format must be' 'an unknown format is wrong use' "$govcore" model list --format xml
expect 2 'usage: govcore import' 'too few arguments are wrong use' "$govcore" import s.gov grid

# --- Store -------------------------------------------------------------------------------------------------------
expect 0 'layout' 'init makes a store' "$govcore" init s.gov
expect 0 '^329,|,329,|^328,' 'the tree of Xuhui is imported' "$govcore" import s.gov grid "$data/xuhui-grids-2023.csv"
"$govcore" import s.gov grid "$data/xuhui-grids-2023.csv" --format json > again.json 2> /dev/null
grep -Eq '"added": ?0,' again.json && grep -Eq '"changed": ?0,' again.json
verdict $? 'importing the same file again changes nothing'
expect 0 '^13$' 'SQL counts 13 streets and towns, without the statistical zone' \
    "$govcore" sql s.gov "select count(*) as n from grid where level = 'street' and kind <> 'statistical_zone'"
expect 0 '^  310104003  天平路街道' 'grid --tree indents' "$govcore" grid s.gov --tree
expect 0 '"code": ?"310104"' 'grid --format json is JSON' "$govcore" grid s.gov --format json
expect 0 '^[0-9a-f]{64}$' 'verify gives the last hash' "$govcore" verify s.gov
expect 4 'nowhere.gov: cannot open: No such file' 'a store that is not there is a system error' "$govcore" verify nowhere.gov
printf 'code,net,kind_of\nMAPPED-1,上海新村,摄像机\n' > cameras.csv
printf 'govcore_mapping: 1\nkind: thing\ncolumns:\n  id: code\n  grid: {column: net, codes: {上海新村: 310104003001}}\n  type: kind_of\n  name: {value: 摄像机}\n' > cameras.yaml
expect 0 '1' 'import --map takes columns and codes of another system' "$govcore" import s.gov thing cameras.csv --map cameras.yaml
unchanged 3 'frobs' 'an SQL error names the table' "$govcore" sql s.gov "select * from frobs"
unchanged 3 '' 'SQL that writes is refused' "$govcore" sql s.gov "delete from grid"

# --- Forms of results ----------------------------------------------------------------------------------------------
"$govcore" grid s.gov --format table > out 2> err
head -n 2 out | tail -n 1 | grep -q '^────.*  ────'
verdict $? 'a table for the eye has a line under its head'
# A Chinese character is two columns wide and three bytes long: the column after the names begins at the same place.
"$govcore" sql s.gov "select name, level from grid where code in ('310104003', '310104013', '310104501')" --format table > out 2> err
[ "$(wc -l < out)" -eq 5 ] &&
    [ "$(sed -n '3,$p' out | while IFS= read -r line; do
        name=${line%%street*}
        spaces=$(printf %s "$name" | tr -cd ' ' | wc -c)
        bytes=$(printf %s "$name" | tr -d ' ' | wc -c)
        echo $((spaces + 2 * bytes / 3))
    done | sort -u | wc -l)" -eq 1 ]
verdict $? 'columns after Chinese text are aligned'
python=$here/../../.venv/bin/python
if "$python" -c 'import pyarrow' 2> err; then
    "$govcore" grid s.gov -o grids.arrows --quiet && "$govcore" grid s.gov -o grids.csv --quiet
    "$python" - > out 2> err << 'END'
import csv, pyarrow.ipc
with open("grids.arrows", "rb") as file:
    table = pyarrow.ipc.open_stream(file).read_all()
table.validate(full=True)
with open("grids.csv", encoding="utf-8") as file:
    rows = list(csv.DictReader(file))
ours = [{k: "" if v is None else str(v) for k, v in row.items()} for row in table.to_pylist()]
assert ours == rows and len(rows) == 328, (ours[:1], rows[:1])
END
    verdict $? 'pyarrow reads the Arrow stream as the same table'
else
    echo "skipped: pyarrow reads the Arrow stream (scripts/setup check installs it)"
fi

# --- Good input in other clothes -----------------------------------------------------------------------------------
printf '\357\273\277code,name,level,kind,parent\r\n310104003901,"甲,""乙""居委会",community,residential_committee,310104003\r\n' > bom.csv
expect 0 '' 'BOM, CRLF and quotes are read' "$govcore" import s.gov grid bom.csv
expect 0 '甲,""乙""居委会' 'a quoted name keeps its comma and quotes' \
    "$govcore" sql s.gov "select name from grid where code = '310104003901'" --format csv
printf 'code,name,level,kind,parent\n310104003902,徐家汇居委会,community,residential_committee,310104003\n' |
    iconv -f utf-8 -t gb18030 > gb.csv
expect 0 '' 'GB18030 is read' "$govcore" import s.gov grid gb.csv
expect 0 '徐家汇居委会' 'GB18030 becomes UTF-8' "$govcore" sql s.gov "select name from grid where code = '310104003902'" --format csv

# --- Bad input -----------------------------------------------------------------------------------------------------
unchanged 1 'gb.csv:2: the text is not valid UTF-8' 'GB18030 read as UTF-8 is rejected with its line' "$govcore" import s.gov grid gb.csv --encoding utf-8
printf 'code,level,kind\n310104003903,community,x\n' > column.csv
unchanged 3 'column.csv:1: .*\(name\)' 'a missing column is named' "$govcore" import s.gov grid column.csv
printf 'code,name,level,colour\n310104003903,x,community,red\n' > extra.csv
unchanged 3 'extra.csv:1: .*\(colour\)' 'a column that the kind does not have is named' "$govcore" import s.gov grid extra.csv
printf '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"310104003001","name":"a","level":"community","parent":"310104003"},"geometry":{"type":"Polygon","coordinates":[[[121.44,31.19],[121.45,31.19],[121.45,31.21],[121.44,31.21],[121.44,31.19]]]}}]}' > area.geojson
expect 0 '^1,0,1,' 'a boundary is imported' "$govcore" import s.gov grid area.geojson
printf 'id,type,lon,lat\nC3,camera,121.445,31.2\nC4,camera,121.5,31.2\n' > found.csv
expect 0 ',1,1,0,' 'things that name no grid are placed, or said to be unplaced' "$govcore" import s.gov thing found.csv --place community
expect 0 '^C3,310104003001' 'the grid is the one they lie in' "$govcore" sql s.gov "select id, grid from thing where id = 'C3'" --format csv
expect 0 '^orphan,.*,C4,' 'cover lists what lies in no boundary' "$govcore" cover s.gov --level community --points thing --format csv
expect 0 '^grid,neighbour,border_metres' 'cover --neighbours lists which grids touch' "$govcore" cover s.gov --level community --neighbours --format csv
expect 2 '--level' 'cover wants a level' "$govcore" cover s.gov
printf 'id,grid,citizen_id\nP1,310104003001,110105194912310021\n' > digit.csv
unchanged 1 'digit.csv:2: the check digit does not fit \(citizen_id=.*expected: X' 'a wrong check digit is reported with its line and column' "$govcore" import s.gov person digit.csv
! grep -q 110105194912310021 out err
verdict $? 'a personal number is not repeated in the report'
{ echo id,grid,marriage; for i in 1 2 3 4 5 6 7 8; do echo "P$i,310104003,7$i"; done; for i in 1 2 3; do echo "P$i,nowhere,20"; done; } > many.csv
unchanged 1 '8 x marriage: not in the code set, first in line 2' 'many wrong cells are counted by cause' "$govcore" import s.gov person many.csv
printf 'code,name,level,kind,parent\n310104003904,a,community,x,310104003\n310104003904,b,community,x,310104003\n' > twice.csv
unchanged 1 'twice.csv:3: .*\(code' 'a duplicate code is reported with its line (strict)' "$govcore" import s.gov grid twice.csv --strict
printf 'code,name,level,kind,parent\n310104003905,a,community,x,310104999\n' > orphan.csv
unchanged 1 'orphan.csv:2: .*\(parent=310104999' 'an orphan is reported with its line' "$govcore" import s.gov grid orphan.csv
"$govcore" import s.gov grid orphan.csv --report report.csv > out 2> err
head -n 1 report.csv | grep -q '^line,' && grep -q 'GOV_E_REFERENCE' report.csv
verdict $? '--report writes every wrong cell'
printf 'code,name,level\n310104003906,"open\n' > quote.csv
unchanged 1 'quote.csv:2: the quote is never closed \(character 14\)' 'a quote left open is rejected with its place' "$govcore" import s.gov grid quote.csv
printf 'code,name,level\n310104003906,a"b"\n' > lone.csv
unchanged 1 'lone.csv:2: .* and has them doubled' 'a long reason is not cut' "$govcore" import s.gov grid lone.csv
printf 'code,name,level\n310104003906,a\n' > short.csv
unchanged 1 'short.csv:2: not as many fields as the header \(the row has 2, the header 3\)' 'a row with too few fields is rejected with its line' "$govcore" import s.gov grid short.csv
printf '{"type":"FeatureCollection",\n"features":[{"type":"Feature",]}' > cut.geojson
unchanged 3 'cut.geojson' 'GeoJSON that is no JSON is named' "$govcore" import s.gov grid cut.geojson
printf '{"type":"FeatureCollection","features":[\n{"type":"Feature","properties":{"code":"9","name":"x","level":"street"},"geometry":{"type":"LineString","coordinates":[]}}]}' > line.geojson
unchanged 1 'line.geojson:2: .*LineString|line.geojson:2: expected a geometry' 'a feature that is no area is named by its line' "$govcore" import s.gov grid line.geojson
printf '{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:4549"}},"features":[]}' > plane.geojson
unchanged 3 'EPSG:4549|crs' 'an unknown coordinate system is refused' "$govcore" import s.gov grid plane.geojson
unchanged 4 'none.csv' 'a file that is not there is told' "$govcore" import s.gov grid none.csv
unchanged 3 '' 'an unknown kind is refused' "$govcore" import s.gov frob orphan.csv
printf 'code,name,level,kind,parent\n310104003907,a,community,x,310104003\n' > dry.csv
unchanged 0 '' 'a dry run writes nothing' "$govcore" import s.gov grid dry.csv --dry-run

# A cancelled run: the import waits for its file, is asked to stop, then gets it.
mkfifo pipe.csv
before=$(state s.gov)
"$govcore" import s.gov grid pipe.csv > out 2> err &
import=$!
exec 9> pipe.csv
sleep 0.2
kill -INT $import
cat "$data/xuhui-grids-2016.csv" >&9
exec 9>&-
wait $import
[ $? -eq 4 ] && grep -q 'cancelled' err
verdict $? 'a cancelled import ends with 4 and says so'
[ "$before" = "$(state s.gov)" ]
verdict $? 'a cancelled import leaves the store as it was'

# A truncated store.
size=$(wc -c < s.gov)
head -c $((size / 2)) s.gov > cut.gov
cp cut.gov cut.before
expect 4 'cut.gov' 'a truncated store is refused' "$govcore" verify cut.gov
expect 4 'cut.gov' 'a truncated store is not written to' "$govcore" import cut.gov grid dry.csv
cmp -s cut.gov cut.before
verdict $? 'a truncated store is left as it is'
printf 'not a store at all, only text\n' > text.gov
expect 4 'text.gov' 'a file that is no store is refused' "$govcore" verify text.gov

# --- Models ----------------------------------------------------------------------------------------------------------
expect 0 'govcore-need-22' 'model list lists the built-in model' "$govcore" model list --format csv
expect 0 '^[0-9a-f]{32}$' 'model check gives the fingerprint' "$govcore" model check govcore-need-22
expect 0 'tests passed' 'model test runs the tests of the model' "$govcore" model test govcore-need-22
expect 0 'income' 'model show lists the indicators' "$govcore" model show govcore-need-22 --format csv
expect 3 '\(govcore-need-23\)' 'an unknown model is named' "$govcore" model check govcore-need-23
for fault in "$here"/models/*.yaml; do
    # The first line of each file: "# LINE:COLUMN NAME", where the fault is and what the message names.
    file=$(basename "$fault")
    place=$(sed -n '1s/^# \([0-9]*:[0-9]*\) .*/\1/p' "$fault")
    name=$(sed -n '1s/^# [0-9:]* *//p' "$fault")
    cp "$fault" .
    [ "$file" = valid.yaml ] ||
        expect 3 "$file:$place: .*${name:+\($name\)}" "$file is refused at $place" "$govcore" model check "./$file"
done
expect 0 '^[0-9a-f]{32}$' 'the model that the faults were made from is valid' "$govcore" model check "$here/models/valid.yaml"

sed 's/income < 1330/income < 2000/' "$here/models/valid.yaml" > other.yaml
expect 0 '^low_income,deprived,income < 1330,income < 2000$' 'model diff names the rule that differs' \
    "$govcore" model diff "$here/models/valid.yaml" ./other.yaml --format csv
printf 'household_id,income,rooms,damp\nA,1500,2,false\nB,1000,2,false\nC,3000,2,true\n' > three.csv
expect 0 '^none,high,1$' 'model diff counts who changes tier' \
    "$govcore" model diff "$here/models/valid.yaml" ./other.yaml --input three.csv --format csv
expect 0 '^0,.*none,high,\+low_income$' 'model diff says why' \
    "$govcore" model diff "$here/models/valid.yaml" ./other.yaml --input three.csv --movers --format csv

# --- Scores ----------------------------------------------------------------------------------------------------------
sample=$data/households-synthetic.csv
expect 0 '^.*score_num,score,' 'score reads a CSV file' "$govcore" score --input "$sample" --as-of 2021-08-01 --format csv
cp out one.csv
expect 0 '' 'score runs on two threads' "$govcore" score --input "$sample" --as-of 2021-08-01 --format csv --threads 2
cmp -s out one.csv
verdict $? 'two threads give the same bytes'
expect 0 '' 'score writes a file' "$govcore" score --input "$sample" --as-of 2021-08-01 -o scores.csv
cmp -s scores.csv one.csv
verdict $? 'the file has the same bytes'
"$govcore" score --input - --as-of 2021-08-01 --format csv < "$sample" > out 2> err
cmp -s out one.csv
verdict $? 'score reads standard input'
mkfifo result.pipe
cat result.pipe > piped.csv &
expect 0 '' 'score writes to a pipe' "$govcore" score --input "$sample" --as-of 2021-08-01 -o result.pipe --format csv
wait
cmp -s piped.csv one.csv && [ -p result.pipe ]
verdict $? 'a pipe gets the same bytes and stays a pipe'
: > real.csv
ln -s real.csv link.csv
expect 0 '' 'score writes through a link' "$govcore" score --input "$sample" --as-of 2021-08-01 -o link.csv
cmp -s real.csv one.csv && [ -h link.csv ]
verdict $? 'a link stays a link'
expect 0 '300 / 300' '--progress tells how far it is' "$govcore" score --input "$sample" --as-of 2021-08-01 --progress
expect 0 '[0-9]' 'explain tells in English' "$govcore" explain --input "$sample" --row 1 --as-of 2021-08-01 --format table
expect 0 '收入' 'explain tells in Chinese' "$govcore" explain --input "$sample" --row 1 --as-of 2021-08-01 --format table --lang zh
expect 3 'no household NOBODY' 'a household that is not there is named' "$govcore" explain --input "$sample" --household NOBODY --as-of 2021-08-01
expect 3 '' 'a row that is not there is refused' "$govcore" explain --input "$sample" --row 100000 --as-of 2021-08-01
expect 0 'M0' 'measure gives H, A and M0' "$govcore" measure --input "$sample" --as-of 2021-08-01 --by grid_code --k 1/3 --format csv
# --- From records ------------------------------------------------------------------------------------------------
printf 'code,name,level,parent\n31,区,county,\n3101,街,street,31\n' > f-grid.csv
printf 'id,grid,birth_date\nA,3101,1980-01-01\nB,3101,2010-01-01\n' > f-person.csv
printf 'id,grid\nH1,3101\n' > f-household.csv
printf 'household,person\nH1,A\nH1,B\n' > f-membership.csv
printf 'subject_kind,subject,variable,time,source,value\nhousehold,H1,disposable_income,2021-06-30T08:00:00,tax,1200\nhousehold,H1,liquid_assets,2021-06-30T08:00:00,tax,0\nhousehold,H1,sudden_shock,2021-06-30T08:00:00,visit,1\nhousehold,H1,unsafe_dwelling,2021-06-30T08:00:00,visit,1\n' > f-observation.csv
"$govcore" init f.gov > out 2> err
for kind in grid person household membership observation; do
    expect 0 '' "a $kind is imported" "$govcore" import f.gov "$kind" "f-$kind.csv" --strict
done
expect 0 '^H1,3101,,2,1,600.0,.*' 'inputs follow from members and observations' "$govcore" features f.gov --as-of 2021-08-01 --fields sensitive --format csv
expect 4 'above the actor' 'inputs need the class of what they are read from' "$govcore" features f.gov --as-of 2021-08-01
expect 0 '^birth_date,member,date' 'the features file tells its sources' "$govcore" features --format csv
expect 0 '^minors,household,' 'and its rules' "$govcore" features --rules --format csv
expect 3 'as_of' 'a day must be given' "$govcore" score f.gov
expect 3 'a view of households' 'a view that is none is named' "$govcore" score f.gov --as-of 2021-08-01 --view family
expect 0 'data of 2021-06-30 *from tax' 'a stored household is explained to its records' "$govcore" explain f.gov --household H1 --as-of 2021-08-01 --format table
expect 0 '数据日期 2021-06-30 *来源 tax' 'in Chinese too' "$govcore" explain f.gov --household H1 --as-of 2021-08-01 --format table --lang zh
expect 0 '^income_per_head,.*,600,derived,' 'one part of an explanation' "$govcore" explain f.gov --household H1 --as-of 2021-08-01 --part inputs --format csv
expect 2 'there is no part all' 'a part that is none is wrong use' "$govcore" explain f.gov --household H1 --as-of 2021-08-01 --part all
expect 3 'H9' 'a household that the store does not have is named' "$govcore" explain f.gov --household H9 --as-of 2021-08-01
expect 0 '^H1,3101,low,dibao,unknown' 'the unmet are listed' "$govcore" unmet f.gov --as-of 2021-08-01 --list --format csv --params B=9000
expect 0 '^3101,街,dibao,.*,,small,' 'and counted with small numbers hidden' "$govcore" unmet f.gov --as-of 2021-08-01 --format csv --params B=9000

expect 2 'either a store or --input' 'score needs one input' "$govcore" score
printf 'household_id\nH1\n' > bare.csv
expect 3 '^bare.csv: .*\(members\)' 'an input that is no column is named with its file' "$govcore" score --input bare.csv --as-of 2021-08-01

sed '3s/\(synthetic,[0-9]*\),[0-9]*,/\1,-2,/' "$sample" > range.csv
expect 3 '^range.csv: row 2: .*\(minors\)' 'a value out of range is named with its file, row and column' \
    "$govcore" score --input range.csv --as-of 2021-08-01

# --- What if ------------------------------------------------------------------------------------------------------
expect 0 '^,300,' 'budget counts all households in its total' "$govcore" budget --input "$sample" --as-of 2021-08-01 --by grid_code \
    --amounts high=800,medium=500 --next-at medium=3/10 --format csv
cp out budget.csv
awk -F, 'NR == 2 { for (i = 2; i <= 16; i++) total[i] = $i }
         NR > 2 { for (i = 2; i <= 16; i++) sum[i] += $i }
         END { for (i = 2; i <= 16; i++) if (total[i] != sum[i]) exit 1 }' budget.csv
verdict $? 'the areas of a budget sum to its total'
expect 0 '^,300,' 'a budget tops up to a parameter' "$govcore" budget --input "$sample" --as-of 2021-08-01 --income income_per_head \
    --persons members --line B --next-line '3/2*B' --format csv
expect 3 '\(middle\)' 'a tier that is not there is named' "$govcore" budget --input "$sample" --as-of 2021-08-01 --next-tier middle
expect 3 '\(income\)' 'a line needs the column of incomes' "$govcore" budget --input "$sample" --as-of 2021-08-01 --line B
expect 0 '新进' 'budget explains itself in Chinese' "$govcore" help budget --lang zh
expect 0 '^0,none,' 'sensitivity gives a row a tier' "$govcore" sensitivity --input "$sample" --as-of 2021-08-01 --draws 50 --seed 1 --format csv
cp out one.tiers
expect 0 '^0,none,' 'sensitivity runs with two threads' "$govcore" sensitivity --input "$sample" --as-of 2021-08-01 --draws 50 --seed 1 --format csv --threads 2
cmp -s out one.tiers
verdict $? 'a sensitivity does not depend on threads'
expect 0 '^households,' 'sensitivity tells how far orders agree' "$govcore" sensitivity --input "$sample" --as-of 2021-08-01 --draws 20 \
    --by grid_code --part agreement --format csv
expect 2 '--part must be' 'a part that is not there is wrong use' "$govcore" sensitivity --input "$sample" --as-of 2021-08-01 --part all
expect 2 '--draws must be|must be a number' 'draws are a number' "$govcore" sensitivity --input "$sample" --as-of 2021-08-01 --draws many
printf 'group,demand\n,6\na,4\nb,2\n' > areas.csv
expect 0 '^a,4,2$' 'allocate leaves the areas the same unmet share' "$govcore" allocate --input areas.csv --total 3 --format csv
grep -q '^b,2,1$' out && ! grep -q '^,6' out
verdict $? 'allocate leaves the total out'
expect 2 '--total must be' 'allocate needs a total' "$govcore" allocate --input areas.csv

# --- Trends ----------------------------------------------------------------------------------------------------------
weeks=$data/nyc-vehicle-thefts-weekly.csv
expect 0 '^36005,.*208' 'trend finds five series' "$govcore" trend --input "$weeks" --series county --time week_start --value thefts \
    --freq week --gaps missing --types county:utf8 --format csv
[ "$(wc -l < out)" -eq 6 ]
verdict $? 'one row a series'
expect 0 '^36005,.*208' 'trend tells the frequency from the times' "$govcore" trend --input "$weeks" --series county --time week_start \
    --value thefts --types county:utf8 --format csv
grep -q 'by the week (--freq)' err && grep -q '(--gaps zero)' err
verdict $? 'trend says what it took without being told'
expect 0 'farrington,ok' 'auto takes Farrington where the history allows' "$govcore" trend --input "$weeks" --series county --time week_start \
    --value thefts --types county:utf8 --format csv
expect 0 'ears,ok' 'a detector and a test can be named' "$govcore" trend --input "$weeks" --series county --time week_start \
    --value thefts --types county:utf8 --format csv --methods hamed_rao,sen,ears
expect 2 'no method cusum' 'a method that gives no finding is refused' "$govcore" trend --input "$weeks" --series county --time week_start --methods cusum
expect 2 '--gaps' 'a gap policy that is none is refused' "$govcore" trend --input "$weeks" --series county --time week_start --gaps no
expect 3 '\(nothing\)' 'a column that is not there is named' "$govcore" trend --input "$weeks" --series nothing --time week_start --freq week --gaps zero

{
    echo id,class,time,grid
    for week in 01 02 03 04 05 06 07 08 09 10; do
        for event in $(seq "$week"); do echo "E$week-$event,noise,2023-01-${week}T10:00:00,310104003001"; done
    done
} > events.csv
expect 0 '^55,55,' 'events are imported' "$govcore" import s.gov event events.csv
expect 0 '^310104003,noise,10,.*increasing' 'trend counts the events of a store by street' \
    "$govcore" trend s.gov --as-of 2023-01-10 --freq day --gaps zero --level street --format csv
expect 2 'either a store or --input' 'trend needs one input' "$govcore" trend --freq day --gaps zero

# --- What a store can be asked -----------------------------------------------------------------------------------------
expect 0 '^310104003,天平路街道,street,street,310104,0,55,0$' 'count rolls events up to the street' \
    "$govcore" count s.gov event --level street --format csv
printf 'id,grid,type,lon,lat\nC1,310104003001,camera,121.4400,31.2000\nC2,310104003001,camera,121.4427,31.2000\nH1,310104003001,hydrant,121.4401,31.2000\n' > things.csv
expect 0 '^3,3,' 'things are imported' "$govcore" import s.gov thing things.csv
# One thousandth of a degree of longitude at 31.2 degrees north is 6371008.8 m x pi / 180 / 1000 x cos 31.2 = 95.11 m.
expect 0 '^C1,.*,0.0$' 'near finds the camera at the point' "$govcore" near s.gov 121.44,31.2 --type camera --format csv
grep -q '^C2,.*,25[67][.]' out && ! grep -q H1 out
verdict $? 'near finds the camera 2.7 thousandths of a degree away, and no hydrant'
expect 0 '^[^C]*$' 'near finds nothing far away' "$govcore" near s.gov 121.5,31.2 --type camera --format csv
expect 2 'LON,LAT' 'near wants a point' "$govcore" near s.gov here
printf 'id,grid,citizen_id\nP1,310104003001,11010519491231002X\n' > person.csv
expect 0 '^1,1,' 'a person is imported' "$govcore" import s.gov person person.csv
expect 0 '^person,P1$' 'find finds a person by the citizen id' "$govcore" find s.gov citizen_id 11010519491231002X --fields sensitive --format csv
expect 0 '^kind,key$' 'who may not read citizen ids finds nobody by one' \
    "$govcore" find s.gov citizen_id 11010519491231002X --format csv
"$govcore" sql s.gov "select citizen_id from person" --format csv > out 2> err
! grep -q 11010519491231002X out
verdict $? 'a citizen id comes masked unless the fields allow it'
printf 'from_grid,to_grid,name,level\n310104003001,310104003801,甲居委会,community\n310104003001,310104003802,乙居委会,community\n' > split.csv
expect 2 '--on' 'reorganise wants a day' "$govcore" reorganise s.gov split.csv
before=$("$govcore" grid s.gov --as-of 2024-06-01 --format csv | cksum)
expect 0 'act [0-9]' 'reorganise splits a grid' "$govcore" reorganise s.gov split.csv --on 2024-01-01
act=$(sed -n 's/^act \([0-9]*\) .*/\1/p' err)
"$govcore" grid s.gov --as-of 2024-06-01 --format csv > out 2> err
grep -q '^310104003801,' out && ! grep -q '^310104003001,' out
verdict $? 'after the day the parts are there and the whole is not'
expect 0 '^310104003001,' 'before the day the whole is there' "$govcore" grid s.gov --as-of 2023-06-01 --format csv
expect 0 "^$act,.*" 'acts lists it' "$govcore" acts s.gov --format csv
sed 's/310104003001/310104003002/' person.csv > moved.csv
expect 0 '^1,0,1,' 'a person moves' "$govcore" import s.gov person moved.csv --as-of 2023-05-01
expect 0 '^P1,' 'history shows the versions of a person' "$govcore" history s.gov person P1 --format csv
grep -q 310104003001 out && grep -q 310104003002 out
verdict $? 'history has both places'
expect 0 '上海新村居委会' 'history shows the versions of a grid' "$govcore" history s.gov grid 310104003001 --format csv
[ "$(wc -l < out)" -ge 3 ]
verdict $? 'history has what the grid was before and after'
expect 0 '' 'undo takes the split back' "$govcore" undo s.gov "$act" --reason test
[ "$before" = "$("$govcore" grid s.gov --as-of 2024-06-01 --format csv | cksum)" ]
verdict $? 'after undo the tree is byte for byte as before'
expect 3 '' 'an act that is not there cannot be undone' "$govcore" undo s.gov 999999
expect 0 '310104003002' 'export gives out what is recorded about a person' "$govcore" export s.gov person P1
! grep -q 11010519491231002X out
verdict $? 'export masks what the actor may not read'
# Recorded, then with its end, then at the new place: three versions.
expect 2 '--reason' 'forget wants a reason' "$govcore" forget s.gov person P1
expect 0 '3 versions erased' 'forget takes all versions of a person away' "$govcore" forget s.gov person P1 --reason 'asked for by the person'
"$govcore" sql s.gov "select * from person" --fields sensitive > out 2> err
! grep -q 11010519491231002X out && ! grep -q 11010519491231002X s.gov
verdict $? 'the erased number is nowhere, not in the file either'
expect 0 '^[0-9a-f]{64}$' 'the store still verifies' "$govcore" verify s.gov

# --- The demonstration -------------------------------------------------------------------------------------------------
expect 0 'index.html' 'demo ends and says where the page is' "$govcore" demo demo --data "$data" --households 2000
for file in index.html households-synthetic.csv scores-synthetic.csv measures-by-street-synthetic.json trends-nyc-vehicle-thefts.csv; do
    [ -s "demo/$file" ]
    verdict $? "demo writes $file"
done
grep -q '合成数据' demo/index.html && grep -q 'Synthetic' demo/index.html
verdict $? 'the page says that the households are synthetic'
! grep -Eq '(src|href)="?https?:|<script|@import|url\(' demo/index.html
verdict $? 'the page loads nothing'
[ "$(grep -c '合成数据' demo/households-synthetic.csv)" -eq 2000 ]
verdict $? 'every row of the households says that it is synthetic'
cp demo/households-synthetic.csv first.csv
expect 0 '' 'demo runs again in the same folder' "$govcore" demo demo --data "$data" --households 2000 --quiet
cmp -s demo/households-synthetic.csv first.csv
verdict $? 'the same seed gives the same households'
expect 0 'verify|[0-9a-f]{64}' 'the store of the demonstration verifies' "$govcore" verify demo/xuhui-demo.gov
expect 0 '^2000$' 'the scores are in the store' "$govcore" sql demo/xuhui-demo.gov "select count(*) as n from score" --format csv
expect 0 '^310104003,1/3,' 'measure tells the households of a store by street' \
    "$govcore" measure demo/xuhui-demo.gov --level street --k 1/3 --as-of 2021-08-01 --format csv
expect 0 'SYN0000001' 'score reads the households of a store' "$govcore" score demo/xuhui-demo.gov --as-of 2021-08-01 --format csv
expect 0 '[0-9]' 'explain finds a household of a store' "$govcore" explain demo/xuhui-demo.gov --household SYN0000001 --as-of 2021-08-01 --format table
expect 0 '' 'report makes the page of a store' "$govcore" report demo/xuhui-demo.gov --as-of 2021-08-01 -o page.html
grep -q '天平路街道' page.html && grep -q '应享未享' page.html && ! grep -q SYN00 page.html
verdict $? 'the page shows areas and no household'
grep -q '这些家庭是合成的' page.html
verdict $? 'a store of synthetic households gives a page that says so'
expect 3 '\(as_of\)' 'report wants to know the day' "$govcore" report demo/xuhui-demo.gov -o page.html
expect 3 '\(village\)' 'a level that no grid has is named' "$govcore" report demo/xuhui-demo.gov --as-of 2021-08-01 --level village
expect 4 '' 'demo says when a folder cannot be made' "$govcore" demo /proc/nowhere --data "$data"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
