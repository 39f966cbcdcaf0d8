# The table of what happens in a run was read before the tasks that ask for it, in 148 handouts.
. tests/fixtures/check.sh
gives "tables above the tasks" "" awk 'FNR == 1 { asked = 0 }
	/^## (Tasks|任务)/ { asked = 1 }
	/^\| ((When|At) \| What happens|时间 \| 发生了什么) \|/ { n++; if (!asked) print FILENAME }
	END { if (n < 250) print "tables: " n }' labs/*/README.md labs/*/README.zh.md templates/*/README*.md
finish
