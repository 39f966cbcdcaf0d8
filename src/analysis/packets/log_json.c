/*
 * A line of JSON, as collectors and loggers write it: an object in which one
 * text is a message, and others say when and between whom it went.  Who calls
 * these what is not agreed upon; names that begin alike are taken for the same.
 */
#include "base/err.h"
#include "packets/log_in.h"
#include "packets/recognise.h"
#include "text/json.h"

#include <stdlib.h>

#define DEEP   4 /* objects in objects */
#define SECOND 1e9
#define LATEST 7.2e9 /* s: the year 2198 */

struct line {
	struct log *l;
	struct buf name; /* of a member, in small letters alone */
	bool found;      /* l->plain is the message */
	bool timed;
	struct addr side[2];
};

enum { NO_SIDE = 2 };

/* Where the member called NAME stands: at the sender, at the receiver, or as
 * what is around it. */
static int
side_of(struct str name, int around)
{
	static const struct {
		const char *begins;
		int side;
	} rows[] = { { "src", 0 }, { "source", 0 }, { "from", 0 }, { "dst", 1 },
		{ "dest", 1 } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (str_starts(name, rows[i].begins))
			return rows[i].side;
	return around;
}

/* "src_port", "sourcePort" → "srcport", "sourceport" */
static struct str
plain_name(struct line *x, struct str key)
{
	buf_clear(&x->name);
	for (size_t i = 0; i < key.n; i++)
		if (chr_is_alnum(key.p[i]))
			buf_putc(&x->name, chr_lower(key.p[i]));
	return buf_view(&x->name);
}

static void
take_port(struct line *x, int side, struct str text)
{
	uint32_t n;

	if (side != NO_SIDE && str_u32(text, &n) == 0 && n <= 65535)
		x->side[side].port = (uint16_t)n;
}

static void
take_string(struct line *x, struct json_value v, struct str name, int side)
{
	struct buf text = BUF_INIT;
	struct addr a = { .len = 0 };
	uint16_t port;

	if (json_text(v, &text) != 0) {
		x->l->plain.err = text.err;
	} else if (!x->found && recognise(buf_view(&text)) == RECOGNISED_SIP) {
		buf_clear(&x->l->plain);
		buf_str(&x->l->plain, buf_view(&text));
		x->found = true;
	} else if (str_ends(name, "port")) {
		take_port(x, side, buf_view(&text));
	} else if (side != NO_SIDE && x->side[side].len == 0 &&
		   log_addr(buf_view(&text), &a)) {
		port = x->side[side].port;
		x->side[side] = a;
		if (a.port == 0)
			x->side[side].port = port;
	}
	buf_free(&text);
}

/* Seconds since 1970, or thousandths, millionths, milliardths of them: which
 * it is a number of our days says itself. */
static void
take_time(struct line *x, struct str raw)
{
	double v;
	char text[40];

	if (raw.n >= sizeof(text))
		return;
	memcpy(text, raw.p, raw.n);
	text[raw.n] = '\0';
	v = strtod(text, NULL);
	/* 1e8 is of 1973, 1e11 of 5138. */
	for (int i = 0; i < 3 && v >= 1e11; i++)
		v /= 1000;
	if (!(v >= 1e8) || v >= LATEST)
		return;
	x->l->clock.t = (int64_t)(v * SECOND);
	x->timed = true;
}

static bool
is_time(struct str name)
{
	return str_is(name, "ts") || str_is(name, "t") ||
	       str_starts(name, "time") || str_is(name, "date") ||
	       str_is(name, "createdate");
}

static void
walk(struct line *x, struct json_value object, int around, int deep)
{
	struct json_value v;
	struct str key, name;
	size_t at = 0;
	int side;

	while (json_next(object.raw, &at, &key, &v) == 1) {
		name = plain_name(x, key);
		side = side_of(name, around);
		if (v.type == JSON_OBJECT && deep < DEEP)
			walk(x, v, side, deep + 1);
		else if (v.type == JSON_STRING)
			take_string(x, v, name, side);
		else if (v.type == JSON_NUMBER && str_ends(name, "port"))
			take_port(x, side, v.raw);
		else if (v.type == JSON_NUMBER && !x->timed && is_time(name))
			take_time(x, v.raw);
	}
}

int
log_json_line(struct log *l, struct str line, bool *taken)
{
	struct line x = { .l = l, .name = BUF_INIT };
	struct json_value object;
	struct str text;
	size_t head;
	int err = 0;

	*taken = false;
	if (json_read(&line, &object) != 0 || object.type != JSON_OBJECT)
		return 0;
	walk(&x, object, NO_SIDE, 0);
	if (x.name.err != 0 || l->plain.err != 0)
		err = ERR_NOMEM;
	if (err == 0 && x.found) {
		memset(&l->head, 0, sizeof(l->head));
		l->head.way = x.side[0].len != 0 && x.side[1].len != 0
				  ? LOG_BETWEEN
				  : LOG_UNKNOWN;
		l->head.src = x.side[0];
		l->head.dst = x.side[1];
		l->head_line = l->line;
		text = buf_view(&l->plain);
		text.n = recognise_size(text, &head);
		err = log_whole(l, text, head);
		*taken = true;
	}
	buf_free(&x.name);
	return err;
}

/* Members that are the line itself, in the order in which they count. */
static const char *const lines_of[] = { "log", "message", "msg", "line",
	"text" };

struct str
log_json_text(struct log *l, struct str line, bool *cr)
{
	struct str rest = line, own;
	struct json_value object, v;

	l->in_json = false;
	if (json_read(&rest, &object) != 0 || object.type != JSON_OBJECT)
		return line;
	for (size_t i = 0; i < sizeof(lines_of) / sizeof(*lines_of); i++) {
		struct str key;
		size_t at = 0;

		while (json_next(object.raw, &at, &key, &v) == 1) {
			if (v.type != JSON_STRING || !str_iis(key, lines_of[i]))
				continue;
			buf_clear(&l->text_of);
			if (json_text(v, &l->text_of) != 0)
				return line;
			own = str_cut(buf_view(&l->text_of), '\n', &rest);
			if (str_trim(rest).n > 0)
				return line;
			*cr = own.n > 0 && own.p[own.n - 1] == '\r';
			l->in_json = true;
			return str_slice(own, 0, own.n - *cr);
		}
	}
	return line;
}
