# The commands of search --plan had lost its limits, those of sweep --plan
# --keep; search -o FILE with --plan wrote nothing there, and -o alone took
# --limit, --arrivals and --student without a word; what had come from outside
# (--arrivals) was not kept at all.  What an option of a command
# is in its plan: a word in the lines, a text in what the folder keeps, refused,
# or nothing, where it is about how things are told.
. tests/fixtures/check.sh
rung=$(readlink -f "$RUNG")
cp -R labs/lost-messages "$work/lab"
cp examples/arrivals.jsonl "$work"
cd "$work" || exit 1

plans() { # FILE OPTION…
	rm -rf folder plan out
	case $command in
	search) "$rung" search --plan -o folder "$@" ;;
	*) "$rung" sweep --plan -o folder "$@" ;;
	esac > plan 2> said
}

# Each option of the command's page has a row, but for what only captures have.
tell_rows() {
	for page in "$command" display $([ $command = sweep ] || echo running); do
		"$rung" help $page
	done | sed -n 's/^  ....--\([a-z-]*\).*/\1/p' | sort |
		grep -vxE 'alias|clock-offset' > page
	cut -d'|' -f1 rows | sort -u | diff page - > .output ||
		bad "$command: options" "not those of its page"
	good
	while IFS='|' read -r name value where text; do
		plans "$lab" $need "--$name${value:+=$value}" 2> said
		status=$?
		case $where in
		line) grep -qF -- " $text" plan ;;
		kept) cat folder/*.json | grep -qF -- "$text" ;;
		out) [ ! -s plan ] && grep -q part= "$value" ;;
		refused) [ $status = 2 ] ;;
		*) [ $status = 0 ] && grep -q part= plan ;;
		esac && good || bad "$command --plan --$name" "$(cat plan said)"
	done < rows
}

common='lang|en|told|
words|osip|told|
ascii||told|
color|never|told|
no-pager||told|'
command=search lab=lab need=
cat > rows << END
faults|2|kept|"faults":2
limit|runs=9|line|--limit=runs=9
limit|wall=5min|line|--limit=wall=300s
only|drop|kept|"kinds":1,
try|alice.invite:target=bob|kept|"1:alice.invite:target=bob"
node|bob|kept|"of":"bob"
only|BYE|kept|"method":"BYE"
with|all|kept|"all":true
ladder||refused|
jobs|3|line|--jobs=3
plan|slurm|line|--part="\$SLURM_ARRAY_TASK_ID"/1
part|1/2|refused|
part|all|refused|
format|json|refused|
output|out.txt|out|
seed|77|kept|"seed":77
student|12|kept|"seed":
until|70s|kept|"until":70000000000
limit|records=654321|kept|654321
set|loss=7%|kept|loss=7%
detail|network|kept|"detail":"network"
act|1:bob.crash|kept|"1:bob.crash"
arrivals|arrivals.jsonl|kept|"arrivals":[{
processes||refused|
look||told|
theme|mono|told|
width|60|told|
$common
END
tell_rows
command=sweep need=--seed=1..120
cat > rows << END
output|folder|line|-o $(pwd)/folder
seed|3..5|kept|"from":3
set|loss=7%|kept|loss=7%
until|70s|kept|"until":70000000000
limit|records=654321|kept|654321
jobs|3|line|--jobs=3
limit|ram=2GB|kept|"memory":2
limit|cpu=61s|kept|"cpu":61000000000
limit|wall=62s|kept|"timeout":62000000000
keep||line|--keep
plan|slurm|line|--part="\$SLURM_ARRAY_TASK_ID"/3
part|1/2|refused|
part|all|refused|
theme|mono|refused|
width|60|refused|
$common
END
tell_rows

# How much it is, and for Slurm what a part takes.
plans "$lab" $need
says "how long it takes" "rung: 120 runs, parts: 3; one run takes about " cat said
for command in search sweep; do
	plans "$lab" $([ $command = search ] || echo $need) --jobs=2 --plan=slurm
	says "$command: memory of both" "#SBATCH --mem=$([ $command = search ] && echo 4352 || echo 2304)M" cat plan
	says "$command: minutes" "#SBATCH --time=1" grep -E -x '#SBATCH --time=1[0-9]' plan
done
# A bound on runs is one of all parts.
"$rung" search direct-call --limit=runs=21 -f json > whole.json
"$rung" search direct-call --limit=runs=21 -o parts --plan > plan 2> said
sed 's,/1 ,/2 ,' plan | sh > one
ok "a part's status tells that it is done" sh -c "sed 's,1/1 ,2/2 ,' plan | sh"
"$rung" search --part=all -o parts -f json > parts.json
ok "the same runs in parts" cmp whole.json parts.json
fails "it has found something, as says" 1 "$rung" search --part=all -o parts
for option in limit=records=9 student=4 arrivals=arrivals.jsonl only=late set=loss=1%; do
	fails "-o FOLDER alone takes no --$option" 2 "$rung" search -o parts --$option
done
finish
