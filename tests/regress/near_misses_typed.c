/* The same as near_misses.c of what is typed: each option of each command, the
 * commands, the verbs of actions. */
#include "near_miss.h"

#include "base/err.h"
#include "cli/cli.h"
#include "fixtures/sessions.h"
#include "role/rows.h"
#include "role/verb.h"

#include <fcntl.h>
#include <unistd.h>

/* ---- options ---- */

static const char *const option_values[] = { "2s", "1", "3", "1..3", "txt",
	"json", "svg", "a4", "auto", "en", "default", "INVITE@alice", "dialog",
	"messages", "bob.busy=true", "5:bob.crash", "runs=5", "ram=512MB",
	"trace=500MB", "wall=90s", "all", "axis", "matrix", "times", "BYE",
	"drop", "100", "2026-03-01", "127.0.0.1", "method=INVITE", "a" };

/* Reads WORD, and NEXT unless it is NULL, as options of CMD. */
static int
read_option(const struct cli_command *cmd, const char *word, const char *next,
    struct diag *d)
{
	char text[3][ROOM];
	char *argv[4] = { text[0], text[1], text[2], NULL };
	struct cli *c = mem_zalloc(1, sizeof(*c));
	int err;

	CU_ASSERT_PTR_NOT_NULL_FATAL(c);
	snprintf(text[0], ROOM, "%s", cmd->name);
	snprintf(text[1], ROOM, "%s", word);
	snprintf(text[2], ROOM, "%s", next != NULL ? next : "");
	if (next == NULL)
		argv[2] = NULL;
	c->command = cmd;
	err = cli_read_options(c, next != NULL ? 3 : 2, argv, d);
	mem_free(c);
	return err;
}

static bool
reads_option(const struct cli_command *cmd, const char *word)
{
	struct diag d = DIAG_INIT;

	return read_option(cmd, word, NULL, &d) == 0;
}

/* MEANT, with the value of TYPED unless it has one, reads: of CMD, or of one of
 * the commands that SAID lists. */
static bool
reads_meant(const struct cli_command *cmd, const char *meant, const char *typed)
{
	const char *value = strchr(typed, '=');
	char again[2 * ROOM];

	snprintf(again, sizeof(again), "%s%s", meant,
	    strchr(meant, '=') != NULL || value == NULL ? "" : value);
	return reads_option(cmd, again);
}

/* The commands that SAID lists behind WORDS: each reads TYPED, or SAID has why
 * not. */
static enum verdict
try_commands(const char *said, const char *words, const char *typed)
{
	char list[ROOM];
	const struct cli_command *cmd;
	struct str rest;
	enum verdict v = NO_HELP;
	const char *whole = said;

	if (!find_between(&said, words, ";", list) ||
	    strncmp(list, "help ", 5) == 0)
		return NO_HELP;
	for (rest = str_of(list); rest.n > 0;) {
		struct str one = str_cut(str_trim(rest), ',', &rest);
		struct diag why = DIAG_INIT;
		char name[ROOM];

		snprintf(name, sizeof(name), "%.*s", (int)strcspn(one.p, " ,"),
		    one.p);
		cmd = cli_find_command(name);
		if (cmd == NULL)
			continue;
		if (read_option(cmd, typed, NULL, &why) != 0 &&
		    strstr(whole, why.text) == NULL &&
		    strstr(whole, "“@x”") == NULL)
			return ASTRAY;
		v = HELPED;
	}
	return v;
}

static void
miss_option(const struct cli_command *cmd, const char *typed, const char *name,
    bool fit)
{
	struct diag d = DIAG_INIT;
	enum verdict v = NO_HELP;
	static const char *const lists[] = { "these have it: ", "; rung " };
	char meant[ROOM], shown[2 * ROOM];

	if (read_option(cmd, typed, NULL, &d) == 0)
		return;
	if (says_word(d.text, name))
		v = HELPED;
	if (find_meant(d.text, meant) && !reads_meant(cmd, meant, typed))
		v = ASTRAY;
	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		enum verdict of = try_commands(d.text, lists[i], typed);

		v = of != NO_HELP ? of : v;
	}
	if (v == HELPED && !fit && strstr(d.text, "no option") != NULL &&
	    strstr(d.text, "“") == NULL && strstr(d.text, "value") == NULL)
		v = NO_HELP;
	snprintf(shown, sizeof(shown), "rung %s %s", cmd->name, typed);
	count(v, shown, d.text);
}

static void
miss_one(const struct cli_command *cmd, const struct cli_option *o)
{
	char typed[2 * ROOM], wrong[ROOM];
	const char *value = NULL;
	size_t bad = 0;

	for (size_t i = 0;
	     o->value != NULL && i < COUNT_OF(option_values) && value == NULL;
	     i++) {
		snprintf(
		    typed, sizeof(typed), "--%s=%s", o->name, option_values[i]);
		if (reads_option(cmd, typed))
			value = option_values[i];
	}
	if (o->value != NULL && value == NULL) {
		printf("  no right value of %s --%s\n", cmd->name, o->name);
		return;
	}
	for (size_t k = 0; k < SLIPS; k++) {
		if (!slip(o->name, k, wrong) ||
		    cli_has_option(cmd->options, str_of(wrong)))
			continue;
		snprintf(typed, sizeof(typed), "--%s%s%s", wrong,
		    value != NULL ? "=" : "", value != NULL ? value : "");
		miss_option(cmd, typed, o->name, true);
		snprintf(typed, sizeof(typed), "--%s=@x", wrong);
		miss_option(cmd, typed, o->name, value == NULL);
		if (value == NULL)
			continue;
		snprintf(typed, sizeof(typed), "--%s", wrong);
		miss_option(cmd, typed, o->name, false);
	}
	for (size_t k = 0; value != NULL && k < COUNT_OF(near_unfit);
	     k++, bad++) {
		snprintf(
		    typed, sizeof(typed), "--%s=%s", o->name, near_unfit[k]);
		miss_option(cmd, typed, o->name, true);
	}
	snprintf(typed, sizeof(typed), "--%s%s", o->name,
	    value != NULL ? "=" : "=true");
	miss_option(cmd, typed, o->name, true);
	if (o->letter != 0 && value == NULL) {
		snprintf(wrong, sizeof(wrong), "-%c", o->letter);
		snprintf(typed, sizeof(typed), "-%c=true", o->letter);
		miss_option(cmd, typed, wrong, true);
	}
	snprintf(typed, sizeof(typed), "-%s%s%s", o->name,
	    value != NULL ? "=" : "", value != NULL ? value : "");
	miss_option(cmd, typed, o->name, true);
	/* … of another command */
	for (size_t i = 0; cli_commands[i] != NULL; i++)
		for (size_t k = 0; k < 2; k++) {
			snprintf(typed, sizeof(typed), "--%s%s%s", o->name,
			    value != NULL ? "=" : "",
			    value == NULL ? ""
			    : k == 0      ? value
					  : "@x");
			if (!cli_has_option(
				cli_commands[i]->options, str_of(o->name)) &&
			    !cli_has_option(cli_run_options, str_of(o->name)) &&
			    (value != NULL || k == 0))
				miss_option(
				    cli_commands[i], typed, cmd->name, true);
		}
}

static void
options(void)
{
	int old = dup(STDERR_FILENO), nowhere = open("/dev/null", O_WRONLY);

	dup2(nowhere, STDERR_FILENO);
	begin("options");
	for (size_t i = 0; cli_commands[i] != NULL; i++)
		for (const struct cli_option *o = cli_commands[i]->options;
		     o != NULL && o->name != NULL; o++)
			miss_one(cli_commands[i], o);
	for (const struct cli_option *o = cli_run_options; o->name != NULL; o++)
		miss_one(&cli_run_command, o);
	dup2(old, STDERR_FILENO);
	close(old);
	close(nowhere);
	finish(94);
}

static void
commands(void)
{
	begin("commands");
	for (size_t i = 0; cli_commands[i] != NULL; i++)
		for (size_t k = 0; k < SLIPS; k++) {
			char wrong[ROOM], meant[ROOM];
			struct diag d = DIAG_INIT;
			enum verdict v = NO_HELP;

			if (!slip(cli_commands[i]->name, k, wrong) ||
			    cli_find_command(wrong) != NULL)
				continue;
			cli_refuse_command(wrong, &d);
			if (says_word(d.text, cli_commands[i]->name))
				v = HELPED;
			if (find_meant(d.text, meant) &&
			    cli_find_command(meant) == NULL)
				v = ASTRAY;
			count(v, wrong, d.text);
		}
	finish(94);
}

/* ---- actions ---- */

static struct {
	struct session *s;
	uint64_t after;
} acting;

static int
act_so(
    const char *on, const char *verb, const struct act_arg *arg, struct diag *d)
{
	struct act act = {
		.on = on, .verb = verb, .args = arg, .nargs = arg->key != NULL
	};
	size_t branch;

	*d = DIAG_INIT;
	return act_at_once(acting.s, 0, acting.after, &act, &branch, d);
}

/* D says that there is no such word, not that this is not the moment. */
static bool
is_of_words(const struct diag *d)
{
	return d->err == ERR_NOTFOUND || d->err == ERR_SYNTAX;
}

/* VERB of ON, with ARG, where RIGHT is right, the verb or what it is said of.
 */
static void
miss_verb(const char *on, const char *verb, const struct act_arg *arg,
    const char *right, bool is_verb)
{
	struct diag d, again, known = DIAG_INIT;
	enum verdict v = NO_HELP;
	char meant[ROOM], typed[ROOM];

	if (act_so(on, verb, arg, &d) == 0 || !is_of_words(&d))
		return;
	if (says_word(d.text, right))
		v = HELPED;
	/* What is said of the right one was not asked here. */
	if (is_verb)
		act_so(on, right, arg, &known);
	else
		act_so(right, verb, arg, &known);
	if (find_meant(d.text, meant) &&
	    act_so(strstr(d.text, "there is no node") != NULL ? meant : on,
		strstr(d.text, "can't") != NULL ||
			strstr(d.text, "no action") != NULL
		    ? meant
		    : verb,
		arg, &again) != 0 &&
	    is_of_words(&again) && strstr(d.text, "takes no") == NULL &&
	    strcmp(again.text, known.text) != 0)
		v = ASTRAY;
	snprintf(typed, sizeof(typed), "%s.%s:%s", on, verb,
	    arg->key != NULL ? arg->key : "");
	count(v, typed, d.text);
}

static void
miss_verbs_of(enum verb_thing thing, const char *on, const char *other)
{
	const uint64_t ua = ROLE_BIT(ua);

	for (const struct verb *v = verb_rows; v < verb_rows + VERB_COUNT;
	     v++) {
		static const struct act_arg none = { NULL, NULL };
		struct act_arg arg = none;
		char wrong[ROOM], value[ROOM] = "";

		if (!verb_is_of(v, thing, thing == VERB_OF_LINK ? 0 : ua))
			continue;
		if (v->args[0].key != NULL && v->args[0].placed) {
			snprintf(value, sizeof(value), "%.*s",
			    (int)strcspn(v->args[0].example, ","),
			    v->args[0].example);
			arg = (struct act_arg){ v->args[0].key, value };
		}
		if (v->args[0].key != NULL && v->args[0].key[0] == '*')
			arg = (struct act_arg){
				thing == VERB_OF_LINK ? "loss" : "busy", "1"
			};
		for (size_t k = 0; k < SLIPS; k++)
			if (slip(v->name, k, wrong))
				miss_verb(on, wrong, &arg, v->name, true);
		if (other != NULL)
			miss_verb(other, v->name, &arg, on, false);
		for (size_t k = 0; arg.key != NULL && k < SLIPS; k++)
			if (slip(v->args[0].key, k, wrong))
				miss_verb(on, v->name,
				    &(struct act_arg){ wrong, value },
				    v->args[0].key, false);
		for (size_t k = 0; k < SLIPS; k++)
			if (slip(on, k, wrong))
				miss_verb(wrong, v->name, &arg, on, false);
	}
}

static void
verbs(void)
{
	static const char *const words[][2] = { { "dial", "invite" },
		{ "call", "invite" }, { "hangup", "bye" }, { "end", "bye" },
		{ "accept", "answer" }, { "text", "message" } };
	static const struct act_arg none = { NULL, NULL };

	acting.s = session_run("labs/two-proxies");
	acting.after = send_of(
	    session_trace(acting.s, 0), "bob", "lan2", "SIP/2.0 200", 1);
	if (acting.after == 0)
		acting.after = trace_count(session_trace(acting.s, 0)) / 2;
	begin("verbs");
	miss_verbs_of(VERB_OF_NODE, "alice", "alice/1");
	miss_verbs_of(VERB_OF_CALL, "alice/1", "alice");
	miss_verbs_of(VERB_OF_LINK, "alice--lan1", NULL);
	for (size_t i = 0; i < COUNT_OF(words); i++)
		miss_verb("alice", words[i][0], &none, words[i][1], true);
	miss_verb("alice-lan1", "down", &none, "alice--lan1", false);
	session_destroy(acting.s);
	finish(94);
}

CHECK_MAIN("near_misses_typed", { "options", options },
    { "commands", commands }, { "verbs", verbs })
