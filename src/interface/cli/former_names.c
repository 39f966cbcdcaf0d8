/* Commands and options of the version before this one, and what they are
 * called now.  A row stays for one version. */
#include "cli/former_names.h"

#include "base/i18n.h"

#include <string.h>

static const struct {
	const char *commands; /* that had it, with blanks between */
	const char *option;   /* NULL: the command itself */
	const char *now;
} rows[] = {
	{ "resume", NULL, "rung play" },
	{ "import", NULL, "rung export -f trace" },
	{ "class", NULL, "rung new exam FOLDER LAB …" },
	{ "serve", "stdio", "rung engine" },
	{ "serve", "port", "--address=ADDRESS:PORT" },
	{ "serve", "hand-in", "-o FOLDER" },
	{ "serve", "memory", "--limit=ram=SIZE" },
	{ "play", "live", "rung live --play" },
	{ "play", "outside", "rung live --play --outside" },
	{ "play", "face", "rung live --play --face" },
	{ "play", "pages", "rung live --play --pages" },
	{ "play", "certs", "rung live --play --certs" },
	{ "play", "output", "rung live --play -o" },
	{ "live", "keep", N_("always on, up to 100 MB of sound") },
	{ "play", "keep", "rung live --play" },
	{ "live", "most", "--limit=trace=SIZE" },
	{ "check", "program-time", "--limit=wall=TIME" },
	{ "sweep", "seeds", "--seed" },
	{ "sweep", "memory", "--limit=ram=SIZE" },
	{ "sweep", "cpu", "--limit=cpu=TIME" },
	{ "sweep", "timeout", "--limit=wall=TIME" },
	{ "search", "runs", "--limit=runs=N" },
	{ "search", "time", "--limit=wall=TIME" },
	{ "search", "of", "--node" },
	{ "search", "method", "--only=METHOD" },
	{ "search", "folder", "-o FOLDER" },
	{ "diff", "no-headers", "--with=kinds" },
	{ "sweep search", "merge", "--part=all" },
	{ "search diff", "all", "--with=all" },
	{ "diff", "times", "--with=times" },
	{ "diff", "order", "--with=order" },
	{ "inspect", "matrix", "--with=matrix" },
	{ "inspect", "clauses", "rung help clauses" },
	{ "export", "time", "--with=axis" },
	{ "export", "number", "--with=numbers" },
	{ "export", "timers", "--with=timers" },
	{ "export", "states", "--with=states" },
	{ "export", "no-notes", "--notes=none" },
	{ "export", "nodes", "--node" },
	{ "export", "paper", "--size" },
	{ "export", "dpi", "--size=300dpi" },
	{ "play run live search show explain export diff inspect link",
	    "aliases", "--alias" },
};

const char *
former_command(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (rows[i].option == NULL &&
		    strcmp(rows[i].commands, name) == 0)
			return rows[i].now;
	return NULL;
}

const char *
former_option(const char *command, struct str name)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (rows[i].option != NULL && str_is(name, rows[i].option) &&
		    str_has_word(str_of(rows[i].commands), str_of(command)))
			return rows[i].now;
	return NULL;
}
