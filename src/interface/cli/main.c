/* rung: finds the command and runs it. */
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/help.h"
#include "cli/play_command.h"
#include "inputs/share.h"
#include "trace/page_link.h"

#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int
unknown(const struct cli *c, const char *name)
{
	struct diag d = DIAG_INIT;
	LOCAL_BUF lab = BUF_INIT;

	if (cli_tell_meant(name, &d))
		return cli_complain(c, &d);
	if ((share_nearest(name, &lab) != 0 || lab.n == 0) &&
	    strpbrk(name, "./") == NULL) {
		cli_refuse_command(name, &d);
		return cli_complain(c, &d);
	}
	diag_set(
	    &d, 1, NULL, 0, _("“%s” is neither a command nor a file"), name);
	diag_meant(&d, 1, lab.n > 0 ? buf_cstr(&lab) : NULL);
	return cli_complain(c, &d);
}

static bool
says_utf8(void)
{
	static const char *const variables[] = { "LC_ALL", "LC_CTYPE", "LANG" };

	for (size_t i = 0; i < COUNT_OF(variables); i++) {
		const char *value = getenv(variables[i]);

		if (value != NULL && value[0] != '\0')
			return strcasestr(value, "utf-8") != NULL ||
			       strcasestr(value, "utf8") != NULL;
	}
	return false;
}

/* What the terminal, if it is one, can show. */
static void
look_at_terminal(struct cli *c)
{
	const char *no_color = getenv("NO_COLOR");
	bool terminal = isatty(STDOUT_FILENO) == 1;
	size_t columns = cli_columns(terminal ? STDOUT_FILENO : -1);

	/* Of the locale only this: numbers stay as they are
	 * (src/simulator/sim). */
	if (setlocale(LC_CTYPE, "") != NULL)
		c->utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	else
		/* A locale that is not installed: its name must do. */
		c->utf8 = says_utf8();
	c->colour = terminal && cli_takes_escapes() &&
		    (no_color == NULL || no_color[0] == '\0');
	if (columns >= CLI_WIDTH_LEAST)
		c->width = columns;
}

/* Words that the common option WORD takes, itself included; 0: it is none. */
static int
words_of_option(const char *word)
{
	for (const struct cli_option *o = cli_common; o->name != NULL; o++) {
		size_t n = strlen(o->name);

		if (strncmp(word, "--", 2) != 0 ||
		    strncmp(word + 2, o->name, n) != 0)
			continue;
		if (word[2 + n] == '=')
			return 1;
		if (word[2 + n] == '\0')
			return o->value != NULL ? 2 : 1;
	}
	return 0;
}

/*
 * The place of the command among ARGV.  Options that all commands have may
 * stand before it, and others as well, where nothing that can be played does:
 * they are its own then.
 */
static int
command_at(int argc, char **argv)
{
	int i = 1, n, at;

	while (i < argc && (n = words_of_option(argv[i])) > 0)
		i += n;
	at = i;
	while (at < argc &&
	       (argv[at][0] == '-' || cli_find_command(argv[at]) == NULL) &&
	       !cli_is_playable(argv[at]))
		at++;
	return i < argc && argv[i][0] == '-' && at < argc &&
		       cli_find_command(argv[at]) != NULL
		   ? at
		   : i;
}

/* So is the first of WORDS; of options, one behind them. */
static bool
names_playable(int n, char **words)
{
	int i = 0;

	while (words[0][0] == '-' && i < n &&
	       (words[i][0] == '-' || !cli_is_playable(words[i])))
		i++;
	return i < n && cli_is_playable(words[i]);
}

static void
move_to_front(char **argv, int at)
{
	char *command = argv[at];

	memmove(&argv[2], &argv[1], (size_t)(at - 1) * sizeof(argv[0]));
	argv[1] = command;
}

static int
print_and_go(const struct cli *c, struct buf *out)
{
	struct diag d = DIAG_INIT;
	int err = cli_print(c, out, &d);

	buf_free(out);
	return err == 0 ? CLI_OK : cli_complain(c, &d);
}

/* Files opened later must not get standard output's closed descriptor; and a
 * file that grows over its limit is to be an error, not a signal. */
static void
settle_process(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDONLY);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
	signal(SIGXFSZ, SIG_IGN);
}

/* Without a command: the menu on a terminal, else the list of commands. */
static int
begin_unnamed(struct cli *c, int argc, char **argv, struct diag *d)
{
	LOCAL_BUF out = BUF_INIT;
	int err;

	(void)argc;
	(void)argv;
	if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
		return cli_menu(c, d);
	cli_help_write(c, NULL, &out);
	err = cli_print(c, &out, d);
	return err == 0 ? CLI_OK : CLI_USAGE;
}

static const struct cli_command no_command = { .name = "rung",
	.fn = begin_unnamed };

static int
run_unnamed(
    struct cli *c, const struct cli_command *command, int argc, char **argv)
{
	c->command = command;
	c->unnamed = true;
	return cli_run(c, argc, argv);
}

/* `rung run --help` opens the page. */
static bool
asks_for_help(int argc, char **argv)
{
	for (int i = 2; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], "--help") == 0 ||
		    strcmp(argv[i], "-h") == 0)
			return true;
	return false;
}

/* `rung run --help --width=60` is `rung help --width=60 run`: of what else was
 * said the options count that all commands have.  The new ARGC. */
static int
turn_into_help(int argc, char **argv)
{
	char *command = argv[1];
	int kept = 2, n;

	for (int i = 2; i < argc && strcmp(argv[i], "--") != 0;
	     i += n > 0 ? n : 1) {
		n = words_of_option(argv[i]);
		for (int w = i; w < i + n && w < argc; w++)
			argv[kept++] = argv[w];
	}
	argv[kept++] = command;
	return kept;
}

/* What a word that is an option elsewhere is as a command. */
static const char *
command_of(const char *word)
{
	if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)
		return "help";
	return word;
}

/* What others call --version, where it stands alone. */
static bool
asks_for_version(const char *word)
{
	return (strcmp(word, "version") == 0 && !cli_is_playable(word)) ||
	       strcmp(word, "-v") == 0;
}

/* The address of a page that opens a lab by its name is that lab; an option may
 * have an address of its own. */
static void
main_take_addresses(int argc, char **argv)
{
	struct str lab;

	for (int i = 1; i < argc; i++)
		if (argv[i][0] != '-' && page_link_lab(str_of(argv[i]), &lab)) {
			argv[i] += lab.p - argv[i];
			argv[i][lab.n] = '\0';
		}
}

int
main(int argc, char **argv)
{
	struct cli c = { 0 };
	struct buf out = BUF_INIT;
	const char *unknown_language; /* which its option rejects */
	int at;

	mem_use_mimalloc();
	settle_process();
	main_take_addresses(argc, argv);
	look_at_terminal(&c);
	c.language = language_choose(argc, argv, &unknown_language);
	/* A user who asks for Chinese has a terminal that shows it. */
	if (i18n_needs_utf8())
		c.utf8 = true;
	at = command_at(argc, argv);
	if (at >= argc)
		return run_unnamed(&c, &no_command, argc, argv);
	if (strcmp(argv[at], "--version") == 0 || strcmp(argv[at], "-V") == 0 ||
	    (argc == at + 1 && asks_for_version(argv[at]))) {
		cli_version_write(&out);
		return print_and_go(&c, &out);
	}
	c.command = cli_find_command(command_of(argv[at]));
	/* `rung FILE` plays it: FILE stays where it is. */
	if (c.command == NULL && names_playable(argc - at, argv + at))
		return run_unnamed(&c, &cli_play, argc, argv);
	if (c.command == NULL && argv[at][0] == '-')
		return run_unnamed(&c, &no_command, argc, argv);
	if (c.command == NULL)
		return unknown(&c, argv[at]);
	move_to_front(argv, at);
	if (asks_for_help(argc, argv)) {
		argc = turn_into_help(argc, argv);
		c.command = &cli_help;
	}
	return cli_run(&c, argc - 1, argv + 1);
}
