#!/bin/sh
# The program was built without what makes a fault harder to use: stack
# protector, full RELRO, position independence, control-flow protection.
. tests/fixtures/check.sh

if sanitized || ! command -v readelf > /dev/null; then
	skip "the plain build, read by readelf"
	finish
	exit
fi

says "position independent" "DYN (Position-Independent Executable" \
	readelf -h "$RUNG"
says "relocations read-only" "GNU_RELRO" readelf -lW "$RUNG"
says "all of them at the start" "BIND_NOW" readelf -dW "$RUNG"
says "stack protector" "__stack_chk_fail" readelf --dyn-syms -W "$RUNG"
says "checked string functions" "_chk@" readelf --dyn-syms -W "$RUNG"
readelf -lW "$RUNG" > "$work/segments"
if grep -q 'GNU_STACK.* RWE' "$work/segments"; then
	bad "stack" "it may be executed"
else
	good
fi
if [ "$(uname -m)" = x86_64 ] && command -v objdump > /dev/null; then
	objdump -d --no-show-raw-insn "$RUNG" | awk '
		/<main>:$/ { getline; marked = /endbr64/ }
		# stack-clash protection touches each page of a large frame
		/orq +\$0x0,\(%rsp\)/ { touched = 1 }
		END { print marked ? "marked" : "", touched ? "touched" : "" }
	' > "$work/code"
	says "functions are marked" marked cat "$work/code"
	says "the note of it is kept" "IBT, SHSTK" readelf -n "$RUNG"
	says "large frames are touched" touched cat "$work/code"
else
	skip "machine code of another processor"
fi
finish
