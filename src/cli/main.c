/* rung: finds the command and runs it. */
#include "base/i18n.h"
#include "base/param.h"
#include "cli/play.h"

#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

const struct cli_command *const cli_commands[] = {
	&cli_play,
	&cli_run_command,
	&cli_show,
	&cli_explain,
	&cli_export,
	&cli_diff,
	&cli_import,
	&cli_parse,
	&cli_resume,
	&cli_doctor,
	&cli_help,
	NULL,
};

static const struct cli_command *
find(const char *name)
{
	for (size_t i = 0; cli_commands[i] != NULL; i++)
		if (strcmp(cli_commands[i]->name, name) == 0)
			return cli_commands[i];
	return NULL;
}

static int
unknown(const char *name)
{
	const char *names[16];
	const char *near;
	struct diag d = DIAG_INIT;
	size_t n = 0;

	while (cli_commands[n] != NULL) {
		names[n] = cli_commands[n]->name;
		n++;
	}
	near = param_nearest(str_of(name), names, n, sizeof(names[0]));
	if (near != NULL)
		diag_set(&d, 1, NULL, 0,
		    _("there is no command \"%s\"; did you mean \"%s\"?"), name,
		    near);
	else
		diag_set(&d, 1, NULL, 0,
		    _("there is no command \"%s\"; rung help lists them"),
		    name);
	return cli_complain(&d);
}

static bool
says_utf8(void)
{
	static const char *const variables[] = { "LC_ALL", "LC_CTYPE", "LANG" };

	for (size_t i = 0; i < sizeof(variables) / sizeof(*variables); i++) {
		const char *value = getenv(variables[i]);

		if (value != NULL && value[0] != '\0')
			return strcasestr(value, "utf-8") != NULL ||
			       strcasestr(value, "utf8") != NULL;
	}
	return false;
}

/* What the terminal, if it is one, can show. */
static void
look_around(struct cli *c)
{
	struct winsize size;
	const char *no_color = getenv("NO_COLOR");
	bool terminal = isatty(STDOUT_FILENO) == 1;

	/* Of the locale only this: numbers stay as they are (src/sim). */
	if (setlocale(LC_CTYPE, "") != NULL)
		c->utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	else
		/* A locale that is not installed: its name must do. */
		c->utf8 = says_utf8();
	c->colour = terminal && (no_color == NULL || no_color[0] == '\0');
	if (terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 &&
	    size.ws_col >= 20)
		c->width = size.ws_col;
}

/* Options may stand before the command: its place among ARGV. */
static int
command_at(int argc, char **argv)
{
	int i = 1;

	while (i < argc && strncmp(argv[i], "--lang", 6) == 0)
		i += argv[i][6] == '=' ? 1 : 2;
	return i;
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
	return err == 0 ? CLI_OK : cli_complain(&d);
}

/* What is opened later must not be taken for standard output because that was
 * closed; and a file that grows over its limit is a mistake to be told. */
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

int
main(int argc, char **argv)
{
	char help[] = "help";
	struct cli c = { 0 };
	struct buf out = BUF_INIT;
	const char *lang;
	int at;

	settle_process();
	look_around(&c);
	c.language = language_choose(argc, argv, &lang);
	/* Who asks for Chinese can show it. */
	if (c.language != LANGUAGE_FROM_ENVIRONMENT &&
	    strcmp(i18n_language(), "en") != 0)
		c.utf8 = true;
	at = command_at(argc, argv);
	if (at >= argc && lang != NULL) {
		struct diag d = DIAG_INIT;

		diag_set(&d, 1, NULL, 0,
		    _("--lang: there is no \"%s\"; there are en and zh"), lang);
		return cli_complain(&d);
	}
	if (at >= argc && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO)) {
		struct diag d = DIAG_INIT;
		int status = cli_menu(&c, &d);

		return d.err != 0 ? cli_complain(&d) : status;
	}
	if (at >= argc) {
		cli_help_list(&out);
		return print_and_go(&c, &out);
	}
	if (strcmp(argv[at], "--help") == 0 || strcmp(argv[at], "-h") == 0)
		argv[at] = help;
	if (strcmp(argv[at], "--version") == 0) {
		buf_printf(&out, "rung %s\n", RUNG_VERSION);
		return print_and_go(&c, &out);
	}
	c.command = find(argv[at]);
	if (c.command == NULL)
		return unknown(argv[at]);
	move_to_front(argv, at);
	/* `rung run --help` opens the page. */
	for (int i = 2; i < argc; i++) {
		if (strcmp(argv[i], "--help") != 0)
			continue;
		cli_help_page(c.command, &out);
		return print_and_go(&c, &out);
	}
	return cli_run(&c, argc - 1, argv + 1);
}
