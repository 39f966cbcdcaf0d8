# make bare types what BUILD says.  The commands had moved there from the README, and
# nothing noticed but make bare, which few commits run.
. tests/fixtures/check.sh

eval "$(sed -n '/^command_of()/,/^}/p' tests/bare.sh)"
for words in apt-get tar 'rung-.*/bin/rung'; do
	ok "BUILD has: $words" command_of "$words"
done
fails "and one that it has not" 1 command_of "no-such-command"
finish
