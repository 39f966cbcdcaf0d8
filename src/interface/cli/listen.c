/* Sound of a trace, as options ask for it. */
#include "cli/listen.h"

#include "base/err.h"
#include "cli/choice.h"
#include "listen/listen_wav.h"

int
cli_set_hear(struct cli *c, const char *value, struct diag *d)
{
	(void)d;
	c->hear = value;
	return 0;
}

bool
cli_wants_sound(const struct cli *c)
{
	return c->hear != NULL || c->nsays > 0;
}

static struct listen_wish
wish_of(const struct cli *c)
{
	return (struct listen_wish){
		.who = { str_of(c->hear), c->says, c->nsays },
		.file = c->file,
		.from_ns = cli_given(c, "from") ? c->from_ns : -1,
		.to_ns = c->to_ns,
	};
}

void
cli_listen_words(const struct cli *c, struct buf *out)
{
	const struct listen_wish w = wish_of(c);

	listen_put_words(&w, out);
}

static void
say_remarks(struct str lines, void *arg)
{
	const struct cli *c = arg;

	while (lines.n > 0 && !c->quiet) {
		struct str line = str_cut(lines, '\n', &lines);

		cli_remark(c, "%.*s", STR_ARG(line));
	}
}

int
cli_listen_write(
    struct cli *c, const struct trace *t, struct buf *out, struct diag *d)
{
	const struct listen_wish w = wish_of(c);

	if (!cli_wants_sound(c))
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("whose sound? --hear NODE is what it hears, --say NODE "
		      "what it says"));
	if (cli_check_times(c, d) != 0 || cli_check_from(c, t, d) != 0)
		return d->err;
	return listen_wav(&w, t, say_remarks, c, out, d);
}
