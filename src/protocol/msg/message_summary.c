/* See msg/message_summary.h. */
#include "msg/message_summary.h"

#include "base/err.h"

/* ---- reading ---- */

/* The next line, without its end; false: the head of the body is over. */
static bool
next_entry(struct str *rest, struct str *name, struct str *value)
{
	struct str line = str_trim(str_cut(*rest, '\n', rest));

	*name = str_trim(str_cut(line, ':', value));
	*value = str_trim(*value);
	return line.n > 0;
}

/* "2/8" */
static int
read_count(struct str text, struct message_count *c)
{
	struct str old, fresh = str_cut(text, '/', &old);

	if (str_u32(str_trim(fresh), &c->fresh) != 0 ||
	    str_u32(str_trim(old), &c->old) != 0)
		return ERR_SYNTAX;
	return 0;
}

/* "2/8 (0/2)", of which the second part may be missing. */
static int
read_voice(struct message_summary *s, struct str value)
{
	struct str urgent, all = str_cut(value, '(', &urgent);
	struct message_count none = { 0, 0 };

	s->counted = true;
	s->urgent = none;
	if (read_count(all, &s->voice) != 0)
		return ERR_SYNTAX;
	if (all.n == value.n)
		return 0;
	if (!str_ends(urgent, ")") ||
	    read_count(str_slice(urgent, 0, urgent.n - 1), &s->urgent) != 0)
		return ERR_SYNTAX;
	return s->urgent.fresh > s->voice.fresh || s->urgent.old > s->voice.old
		   ? ERR_SYNTAX
		   : 0;
}

/* 0 or ERR_SYNTAX. */
static int
message_summary_read(struct message_summary *s, struct str body)
{
	struct str name, value, rest = body;
	int err = 0;

	*s = (struct message_summary){ .waiting = false };
	if (!next_entry(&rest, &name, &value) ||
	    !str_iis(name, "Messages-Waiting"))
		return ERR_SYNTAX;
	s->waiting = str_iis(value, "yes");
	if (!s->waiting && !str_iis(value, "no"))
		return ERR_SYNTAX;
	while (err == 0 && next_entry(&rest, &name, &value))
		if (str_iis(name, "Message-Account"))
			s->account = value;
		else if (str_iis(name, "Voice-Message"))
			err = read_voice(s, value);
	return err;
}

/* ---- writing ---- */

void
message_summary_write(const struct message_summary *s, struct buf *out)
{
	buf_printf(out, "Messages-Waiting: %s\r\n", s->waiting ? "yes" : "no");
	if (s->account.n > 0)
		buf_printf(
		    out, "Message-Account: %.*s\r\n", STR_ARG(s->account));
	if (s->counted)
		buf_printf(out, "Voice-Message: %u/%u (%u/%u)\r\n",
		    s->voice.fresh, s->voice.old, s->urgent.fresh,
		    s->urgent.old);
}

static void
say_count(const struct message_summary *s, struct buf *out)
{
	if (s->voice.fresh == 0)
		buf_puts(out, "no new voice messages");
	else
		buf_printf(out, "%u new voice message%s", s->voice.fresh,
		    s->voice.fresh == 1 ? "" : "s");
	if (s->urgent.fresh > 0)
		buf_printf(out, " (%u urgent)", s->urgent.fresh);
	if (s->voice.old > 0)
		buf_printf(out, ", %u old", s->voice.old);
}

int
message_summary_say(struct str body, struct buf *out)
{
	struct message_summary s;
	int err = message_summary_read(&s, body);

	if (err != 0)
		return err;
	if (s.counted)
		say_count(&s, out);
	else
		buf_puts(out, s.waiting ? "messages are waiting"
					: "no messages are waiting");
	return out->err != 0 ? ERR_NOMEM : 0;
}
