/*
 * A message read by libosip2 and printed by it is a message again: what of the
 * first is not in the second, the library has lost or changed.
 */
#include "sip/osip_read.h"

#include <sys/time.h>

#include <osipparser2/osip_message.h>
#include <osipparser2/osip_parser.h>
#include <osipparser2/osip_port.h>

#include "base/err.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/message.h"
#include "sip/engine_in.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

bool
sip_osip_endangers(struct str bytes)
{
	return memchr(bytes.p, '\0', bytes.n) != NULL ||
	       str_ifind(bytes, STR("multipart/")) >= 0;
}

/* S without what may be written in several ways: space, brackets, quotes, the
 * case of letters, escapes (RFC 3261 7.3.1, 19.1.4). */
static void
put_bare(struct str s, struct buf *out)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		int high = i + 2 < s.n ? chr_hex(s.p[i + 1]) : -1;
		int low = i + 2 < s.n ? chr_hex(s.p[i + 2]) : -1;

		if (c == '%' && high >= 0 && low >= 0) {
			c = (char)(high * 16 + low);
			i += 2;
		}
		if (!chr_is_space(c) && strchr("<>\"\\", c) == NULL)
			buf_putc(out, chr_lower(c));
	}
}

static bool
is_same(struct str a, struct str b)
{
	LOCAL_BUF one = BUF_INIT, two = BUF_INIT;

	put_bare(a, &one);
	put_bare(b, &two);
	return str_eq(buf_view(&one), buf_view(&two));
}

/* A and B are of one name, as are compact forms (7.3.3). */
static bool
is_same_field(const struct msg_field *a, const struct msg_field *b)
{
	return a->id == b->id &&
	       (a->id != MSG_H_OTHER || str_ieq(a->name, b->name));
}

/* One of M's fields of F's name has VALUE. */
static bool
has_value(const struct msg *m, const struct msg_field *f, struct str value)
{
	for (size_t i = 0; i < m->nfields; i++) {
		struct str rest = m->fields[i].value;

		if (!is_same_field(&m->fields[i], f))
			continue;
		if (is_same(rest, value))
			return true;
		while (rest.n > 0)
			if (is_same(msg_cut_value(&rest), value))
				return true;
	}
	return false;
}

/* Of a value 120 bytes are shown. */
static void
put_lost(struct str name, struct str value, struct buf *lost)
{
	if (lost->n > 0)
		buf_puts(lost, "; ");
	buf_str(lost, name);
	if (value.n > 0) {
		buf_puts(lost, ": ");
		buf_str(lost, str_slice(value, 0, 120));
	}
}

/* A body of several parts is several to the library. */
static bool
has_body(osip_message_t *o, struct str body)
{
	const osip_body_t *first = osip_list_get(&o->bodies, 0);

	return body.n == 0 || osip_list_size(&o->bodies) > 1 ||
	       (first != NULL &&
		   str_eq(body, (struct str){ first->body, first->length }));
}

/* What M's head has and that of P, which the library printed, has not. */
static void
compare_heads(const struct msg *m, const struct msg *p, struct buf *lost)
{
	if (!is_same(m->start_line, p->start_line))
		put_lost(m->start_line, STR_NULL, lost);
	for (size_t i = 0; i < m->nfields; i++) {
		const struct msg_field *f = &m->fields[i];
		struct str rest = f->value;

		if (f->id == MSG_H_CONTENT_LENGTH || has_value(p, f, rest))
			continue;
		do {
			struct str value = msg_cut_value(&rest);

			if (!has_value(p, f, value))
				put_lost(f->name, value, lost);
		} while (rest.n > 0);
	}
}

/* The library has read BYTES as O. */
static int
compare_printed(struct str bytes, osip_message_t *o, struct buf *lost)
{
	struct msg *m = mem_alloc(2 * sizeof(*m));
	size_t n = 0;
	char *text;
	int err = 0;

	if (m == NULL)
		return ERR_NOMEM;
	osip_message_force_update(o);
	if (osip_message_to_str(o, &text, &n) == 0) {
		msg_read(&m[0], bytes, NULL);
		msg_read(&m[1], (struct str){ text, n }, NULL);
		compare_heads(&m[0], &m[1], lost);
		if (!has_body(o, m[0].body))
			put_lost(STR("body"), STR_NULL, lost);
		osip_free(text);
	} else {
		err = ERR_SYNTAX;
	}
	mem_free(m);
	return err != 0 ? err : lost->err;
}

/* Else it prints each error. */
static void
be_silent(const char *file, int line, osip_trace_level_t level,
    const char *format, va_list args)
{
	(void)file, (void)line, (void)level, (void)format, (void)args;
}

static int
begin(void)
{
	static bool begun;

	if (!begun) {
		osip_trace_initialize_func(END_TRACE_LEVEL, be_silent);
		begun = parser_init() == 0;
	}
	return begun && sip_osip_reserve() == 0 ? 0 : ERR_NOMEM;
}

int
sip_osip_read(struct str bytes, struct buf *lost)
{
	osip_message_t *o;
	int err;

	if (begin() != 0 || osip_message_init(&o) != 0)
		return ERR_NOMEM;
	err = osip_message_parse(o, bytes.p, bytes.n) == 0
		  ? compare_printed(bytes, o, lost)
		  : ERR_SYNTAX;
	osip_message_free(o);
	return err;
}
