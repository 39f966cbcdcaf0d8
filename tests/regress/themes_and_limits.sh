# What is printed in colours has the theme that --theme names, as the screen of
# play has; and a sentence about too much says how much may be.
. tests/fixtures/check.sh

# painted NAME SGR COMMAND…: the output has a cell in these colours.
painted() {
	painted_what=$1
	painted_sgr=$(printf '\033[0;%sm' "$2")
	shift 2
	"$@" > "$work/.painted" 2> /dev/null < /dev/null
	if grep -qF -- "$painted_sgr" "$work/.painted"; then
		good
	else
		bad "$painted_what" "nothing in these colours: $painted_sgr"
	fi
}

# plain TEXT: it without what paints it.
plain() {
	sed 's/'"$(printf '\033')"'\[[0-9;]*[mK]//g' "$1"
}

"$RUNG" run -q two-proxies -o "$work/t.jsonl"

# ---- a request is blue, dark blue on white, cyan on black ----
painted "run in colours" 94 \
	"$RUNG" run direct-call --color=always
painted "run --theme=light" '34;107' \
	"$RUNG" run direct-call --color=always --theme=light
painted "--theme stands before --color" '1;96;40' \
	"$RUNG" run direct-call --theme contrast --color always
painted "show --ladder --theme" '34;107' \
	"$RUNG" show "$work/t.jsonl" --ladder --color=always --theme=light
painted "show --theme" '34;107' \
	"$RUNG" show "$work/t.jsonl" --color=always --theme=l
painted "show --at --theme" '1;30;107' \
	"$RUNG" show "$work/t.jsonl" --at=1s --color=always --theme=light
painted "explain --theme" '90;107' \
	"$RUNG" explain "$work/t.jsonl" 20 --color=always --theme=light
painted "parse --theme" '30;107' \
	"$RUNG" parse assets/invite.sip --color=always --theme=light

# Themes change no text, and mono has no colour.
"$RUNG" run direct-call --color=never > "$work/plain"
for theme in default light contrast colour-blind mono; do
	"$RUNG" run direct-call --color=always --theme=$theme > "$work/painted"
	plain "$work/painted" > "$work/bare"
	same "the text with --theme=$theme" "$work/plain" "$work/bare"
done
if grep -q "$(printf '\033')"'\[0;[0-9;]*[349][0-9]' "$work/painted"; then
	bad "--theme=mono" "has colours"
else
	good
fi
"$RUNG" run direct-call --theme=light > "$work/piped"
same "no colours where there is no terminal" "$work/plain" "$work/piped"

# refused NAME SENTENCE COMMAND…: status 2 with that.
refused() {
	refused_what=$1
	refused_text=$2
	shift 2
	"$@" > /dev/null 2> "$work/.output" < /dev/null
	if [ $? != 2 ]; then
		bad "$refused_what" "not refused"
	elif ! grep -qF -- "$refused_text" "$work/.output"; then
		bad "$refused_what" "does not say: $refused_text"
	else
		good
	fi
}

refused "a theme that is none" 'there is no “dark”; there are default' \
	"$RUNG" run direct-call --theme=dark
refused "--theme for a file" "--theme does nothing in rung export" \
	"$RUNG" export direct-call --theme=light -o "$work/a.svg"

# ---- limits are said ----
# topology NAME SENTENCE: of standard input.
topology() {
	cat > "$work/limit.gv"
	refused "$1" "$2" "$RUNG" run "$work/limit.gv"
}

{ printf 'graph { a'; yes ' -- a' | head -1500 | tr -d '\n'; echo ' }'; } |
	topology "links" "too many links in one statement; at most 1000"
{
	printf 'graph { a [label=""'
	yes '+"x"' | head -200 | tr -d '\n'
	echo '] }'
} | topology "parts" "too many parts joined by +; at most 100"
{
	printf 'graph { a [label="'
	yes 'xxxxxxxx' | head -1000 | tr -d '\n'
	printf '"+"'
	yes 'xxxxxxxx' | head -1000 | tr -d '\n'
	echo '"] }'
} | topology "a text" "this text is longer than 8192 bytes"
refused "a figure's width" "is no width from 36pt to 14400pt" \
	"$RUNG" export --size=6m direct-call -o "$work/a.svg"
refused "a figure as wide as a house" "is no width from 36pt to 14400pt" \
	"$RUNG" export --size=10000mm direct-call -o "$work/a.svg"
cp topologies/direct-call.gv "$work/phones.gv"
cat > "$work/many.lua" << 'EOF'
lab{topology = "phones.gv"}
local alice = node "alice"
script(function() alice:invite("bob", 1, 2, 3, 4, 5, 6) end)
EOF
refused "arguments" "too many arguments; invite takes at most" "$RUNG" run "$work/many.lua"
finish
