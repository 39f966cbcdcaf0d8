/*
 * Words that people type in place of a command: other tools' names for what
 * rung does, and the things that they look for.  Each leads to a command line.
 */
#include "cli/command_words.h"

#include "cli/cli.h"

#include <string.h>

static const struct {
	const char *words; /* with blanks between */
	const char *typed; /* behind "rung " */
} rows[] = {
	{ "open view tui gui step debug screen sngrep pcap capture wireshark "
	  "tshark",
	    "play FILE" },
	{ "simulate sim start exec go call replay rerun", "run FILE" },
	{ "seed", "run LAB --seed=2" },
	{ "set loss attribute", "run LAB --set loss=20%" },
	{ "why reason cause chain", "explain FILE RECORD" },
	{ "hear listen audio sound rtp", "explain FILE --hear=NODE" },
	{ "decode message", "parse FILE" },
	{ "list ls examples lab lessons tutorial demo topics", "labs" },
	{ "trace records log events filter find grep",
	    "show FILE method=INVITE" },
	{ "ladder flow callflow sequence", "show -l FILE" },
	{ "calls dialogs", "show --calls FILE" },
	{ "messages headers", "show -m FILE" },
	{ "packets layers dissect hex", "show FILE RECORD --layers" },
	{ "state states status", "show FILE --at=2s" },
	{ "timers", "show FILE kind=timer" },
	{ "follow tail watch", "show FILE --follow" },
	{ "analyze analyse audit lint validate verify errors "
	  "stats statistics quality mos performance failures",
	    "inspect FILE" },
	{ "rfc rfcs rules clauses", "help clauses" },
	{ "compare cmp delta", "diff A B" },
	{ "draw save convert figure figures diagram graph picture image svg "
	  "png pdf",
	    "export FILE -o call.svg" },
	{ "network topology map nodes",
	    "export FILE --what=topology -o net.svg" },
	{ "machines fsm", "export --machine=ICT FILE -o ict.svg" },
	{ "wav", "export FILE --hear=NODE -o call.wav" },
	{ "jsonl", "export -f trace FILE" },
	{ "phone phones softphone sipp dial register invite real interop "
	  "baresip linphone record",
	    "live FILE --outside=bob" },
	{ "grade mark marks score judge test answers results points class "
	  "students",
	    "check --class=FOLDER" },
	{ "keys shortcuts bindings keyboard mouse", "help keys" },
	{ "answer key solution solutions", "check --teacher LAB" },
	{ "submit handin upload", "hand-in FOLDER" },
	{ "sheet sheets print handout plan plans lesson moodle gift",
	    "worksheet PLAN" },
	{ "browser html site web website", "page" },
	{ "classroom teach server lecture poll vote", "serve" },
	{ "exam quiz midterm", "new exam NAME LAB …" },
	{ "create init make template", "new lab NAME" },
	{ "edit clone fork", "copy LAB FOLDER" },
	{ "experiment repeat bench benchmark seeds matrix",
	    "sweep LAB --seed=1..100 -o FOLDER" },
	{ "fault faults fuzz break chaos drop", "search FILE" },
	{ "json api stdio rpc", "engine" },
	{ "url share address", "link FILE" },
	{ "config settings terminal fonts colours colors", "doctor" },
	{ "man manual usage docs documentation commands options", "help" },
};

const char *
command_word_typed(const char *word)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (str_has_word(str_of(rows[i].words), str_of(word)))
			return rows[i].typed;
	return NULL;
}

/* Options of tshark, tcpdump, sngrep and others. */
static const struct {
	const char *names;     /* with spaces between */
	const char *needs;     /* option that a command must have; "": none */
	const char *typed;     /* for such commands; "*" is the command */
	const char *otherwise; /* for other commands */
} option_rows[] = {
	{ "r I read", "", "rung * FILE", NULL },
	{ "i interface iface", "", "tcpdump -U -w - | rung show --follow -",
	    NULL },
	{ "Y R", "filter", "rung * --filter=method=INVITE FILE",
	    "rung show FILE method=INVITE" },
	{ "c", "", "rung show --calls FILE", NULL },
	{ "w", "output", "rung * -o FILE …", "rung export -o FILE …" },
	{ "json", "format", "rung * -f json FILE", "rung show -f json FILE" },
	{ "verbose v V vv", "messages", "rung * -m FILE", "rung show -m FILE" },
	{ "version", "", "rung --version", NULL },
};

static bool
has_option(const struct cli_command *cmd, const char *name)
{
	const struct cli_option *o = cmd->options;

	while (o != NULL && o->name != NULL && strcmp(o->name, name) != 0)
		o++;
	return o != NULL && o->name != NULL;
}

bool
command_option_typed(
    const struct cli_command *cmd, struct str name, struct buf *out)
{
	for (size_t i = 0; i < COUNT_OF(option_rows); i++) {
		const char *needs = option_rows[i].needs;
		bool has = needs[0] == '\0' || has_option(cmd, needs);
		struct str rest;

		if (!str_has_word(str_of(option_rows[i].names), name))
			continue;
		buf_str(out, str_cut(str_of(has ? option_rows[i].typed
						: option_rows[i].otherwise),
				 '*', &rest));
		if (rest.n > 0)
			buf_printf(out, "%s%.*s", cmd->name, STR_ARG(rest));
		return true;
	}
	return false;
}
