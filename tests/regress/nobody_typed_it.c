/*
 * A sentence spoke of an option or an attribute that nobody had typed:
 * "--dark" of --mark, "number" of aor.  Plausible words, which rung does not
 * have, are typed here as options of commands and as attributes of nodes and
 * links.  A sentence may name another option only as a suggestion that can be
 * read in place of the typed one, or that is the same word but for a slip of
 * the fingers; a synonym is the name of the same thing.
 */
#include "base/err.h"
#include "base/mem.h"
#include "base/param.h"
#include "cli/cli.h"
#include "fixtures/check.h"
#include "topology/synonyms.h"
#include "topology/topology.h"
#include "topology/topology_table.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static const char *const words[] = { "dark", "light", "verbose", "debug",
	"json", "xml", "csv", "yaml", "html", "svg", "png", "pdf", "text",
	"plain", "raw", "hex", "force", "yes", "all", "none", "list", "count",
	"limit", "max", "min", "size", "height", "scale", "zoom", "font",
	"colour", "no-color", "style", "grey", "layout", "time", "clock", "utc",
	"date", "start", "end", "begin", "stop", "until", "since", "after",
	"before", "duration", "timeout", "delay", "rate", "loss", "jitter",
	"drop", "fault", "faults", "error", "errors", "warnings", "strict",
	"check", "test", "dry-run", "trace", "log", "logfile", "file", "input",
	"in", "out", "dir", "folder", "name", "title", "user", "student",
	"number", "id", "port", "host", "addr", "ip", "iface", "interface",
	"udp", "tcp", "tls", "proxy", "server", "client", "method", "methods",
	"invite", "bye", "status", "code", "filter", "grep", "match", "only",
	"exclude", "skip", "sip", "rtp", "audio", "codec", "media", "machine",
	"machines", "states", "timers", "nodes", "edges", "graph", "dot",
	"topology", "map", "ladder", "figure", "legend", "grid", "repeat",
	"runs", "random", "seeds", "step", "speed", "fast", "slow", "live",
	"watch", "follow", "tail" };

static const char *const commands[] = { "run", "show", "play", "export",
	"inspect", "search", "explain", "diff", "live" };

static unsigned tried, wrong;

static void
report(const char *typed, const char *named, const char *said)
{
	wrong++;
	printf("  %s: of %s: %s\n", typed, named, said);
}

/* WORD of CMD, then NEXT (NULL: nothing); its sentence in D. */
static int
read_option(const struct cli_command *cmd, const char *word, const char *next,
    struct diag *d)
{
	char text[3][256];
	char *argv[4] = { text[0], text[1], next != NULL ? text[2] : NULL,
		NULL };
	struct cli *c = mem_zalloc(1, sizeof(*c));
	int err;

	CU_ASSERT_PTR_NOT_NULL_FATAL(c);
	snprintf(text[0], sizeof(text[0]), "%s", cmd->name);
	snprintf(text[1], sizeof(text[1]), "%s", word);
	snprintf(text[2], sizeof(text[2]), "%s", next != NULL ? next : "");
	c->command = cmd;
	err = cli_read_options(c, next != NULL ? 3 : 2, argv, d);
	mem_free(c);
	return err;
}

/* NAMED is TYPED, but for a slip. */
static bool
is_slip_of(const char *named, const char *typed)
{
	return param_is_near(str_of(typed), str_of(named));
}

static void
try_option(const struct cli_command *cmd, const char *word, const char *value,
    const char *next)
{
	struct diag d = DIAG_INIT, again = DIAG_INIT;
	char typed[256], named[256], other[300];
	const char *at = d.text;
	size_t n;

	snprintf(typed, sizeof(typed), "--%s", word);
	snprintf(other, sizeof(other), "%s%s%s", typed,
	    value != NULL ? "=" : "", value != NULL ? value : "");
	tried++;
	if (read_option(cmd, other, next, &d) == 0)
		return;
	while ((at = strstr(at, "--")) != NULL) {
		n = 2 + strspn(at + 2, "abcdefghijklmnopqrstuvwxyz-");
		snprintf(named, sizeof(named), "%.*s", (int)n, at);
		at += n;
		/* Its beginning is enough; it may have another name now, or in
		 * other tools. */
		if (n == 2 || strncmp(named, typed, strlen(typed)) == 0 ||
		    strstr(d.text, "is now") != NULL ||
		    strstr(d.text, "; use ") != NULL)
			continue;
		snprintf(other, sizeof(other), "%s%s%s", named,
		    value != NULL ? "=" : "", value != NULL ? value : "");
		again = DIAG_INIT;
		if (read_option(cmd, other, next, &again) != 0 &&
		    !is_slip_of(named, typed))
			report(typed, named, d.text);
	}
}

static void
options(void)
{
	int old = dup(STDERR_FILENO), nowhere = open("/dev/null", O_WRONLY);

	dup2(nowhere, STDERR_FILENO);
	tried = wrong = 0;
	for (size_t c = 0; c < sizeof(commands) / sizeof(commands[0]); c++) {
		const struct cli_command *cmd = cli_find_command(commands[c]);

		CU_ASSERT_PTR_NOT_NULL_FATAL(cmd);
		for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
			try_option(cmd, words[i], NULL, "two-proxies");
			try_option(cmd, words[i], "1", NULL);
		}
	}
	dup2(old, STDERR_FILENO);
	close(old);
	close(nowhere);
	printf("  options: %u typed, %u sentences of others\n", tried, wrong);
	CU_ASSERT_EQUAL(wrong, 0);
}

/* ---- attributes ---- */

static int
read_attr(bool link, const char *name, const char *value, struct diag *d)
{
	struct topology *t = NULL;
	char text[512];
	int err;

	snprintf(text, sizeof(text),
	    link ? "graph { domain=\"e.com\"; a [role=ua]; b [role=ua]; "
		   "a -- b [%s=\"%s\"] }"
		 : "graph { domain=\"e.com\"; a [role=ua, %s=\"%s\"]; "
		   "b [role=ua]; a -- b }",
	    name, value);
	err = topology_read(&t, str_of(text), "t.gv", NULL, 0, d);
	topology_drop(t);
	return err;
}

static bool
is_attribute(struct str word)
{
	return topology_attr_find(word) >= 0;
}

/* The two are names of one thing. */
static bool
is_synonym(const char *said, const char *meant)
{
	const struct param_synonym *s = synonyms_of_attributes;

	while (s->said != NULL &&
	       (strcmp(s->said, said) != 0 || strcmp(s->meant, meant) != 0))
		s++;
	return s->said != NULL;
}

/* “WORD” and “WORD is” in D's sentence. */
static void
try_attr(bool link, const char *name, const char *value)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz_";
	struct diag d = DIAG_INIT, again = DIAG_INIT;
	char typed[256], named[64];
	const char *at = d.text;

	tried++;
	if (read_attr(link, name, value, &d) == 0)
		return;
	snprintf(typed, sizeof(typed), "%s [%s=\"%s\"]", link ? "link" : "node",
	    name, value);
	while (*(at += strcspn(at, letters)) != '\0') {
		size_t n = strspn(at, letters);
		const char *word = at;

		at += n;
		snprintf(named, sizeof(named), "%.*s", (int)n, word);
		if (strncmp(at, " is ", 4) != 0 ||
		    !is_attribute(str_of(named)) || strcmp(named, name) == 0)
			continue;
		again = DIAG_INIT;
		if (read_attr(link, named, value, &again) != 0 &&
		    !is_slip_of(named, name) && !is_synonym(name, named))
			report(typed, named, d.text);
	}
}

static void
attributes(void)
{
	static const char *const values[] = { "201", "true", "5ms", "bob" };

	tried = wrong = 0;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		for (size_t v = 0; v < 4; v++) {
			try_attr(false, words[i], values[v]);
			try_attr(true, words[i], values[v]);
		}
	printf(
	    "  attributes: %u typed, %u sentences of others\n", tried, wrong);
	CU_ASSERT_EQUAL(wrong, 0);
}

CHECK_MAIN(
    "nobody_typed_it", { "options", options }, { "attributes", attributes })
