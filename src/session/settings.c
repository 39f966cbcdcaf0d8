/* What is remembered of the user; see session/settings.h. */
#include "session/settings.h"

#include "session/session_in.h"

#include <string.h>

#define NAME "settings"

/* Member KEY of V into the ROOM bytes of TO, where it suits. */
static void
take_text(char *to, size_t room, struct json_value v, const char *key)
{
	struct buf b = BUF_INIT;
	struct str text = json_text_in(json_member(v, key), &b);

	if (b.err == 0 && text.n < room &&
	    (text.n == 0 || memchr(text.p, '\0', text.n) == NULL))
		memcpy(to, text.n > 0 ? text.p : "", text.n);
	buf_free(&b);
}

static bool
take_flag(struct json_value v, const char *key)
{
	struct json_value flag = json_member(v, key);

	return flag.type == JSON_BOOL && flag.raw.p[0] == 't';
}

static void
put_flag(struct buf *b, const char *key, bool flag)
{
	json_put_key(b, key);
	buf_puts(b, flag ? "true" : "false");
}

static void
take_settings(struct settings *s, struct json_value v)
{
	take_text(s->language, sizeof(s->language), v, "language");
	take_text(s->student, sizeof(s->student), v, "student");
	s->toured = take_flag(v, "toured");
	s->asked = take_flag(v, "asked");
}

void
settings_read(struct settings *s)
{
	struct buf path = BUF_INIT, text = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct json_value v;
	struct str rest;

	memset(s, 0, sizeof(*s));
	if (folder_find_file(NAME, false, &path) &&
	    folder_read(path.p, &text, &d) == 0) {
		rest = buf_view(&text);
		if (json_read(&rest, &v) == 0 && v.type == JSON_OBJECT)
			take_settings(s, v);
	}
	buf_free(&path);
	buf_free(&text);
}

void
settings_write(const struct settings *s)
{
	struct buf path = BUF_INIT, text = BUF_INIT;
	struct diag d = DIAG_INIT;

	buf_putc(&text, '{');
	json_put_field(&text, "language", str_of(s->language));
	put_flag(&text, "toured", s->toured);
	put_flag(&text, "asked", s->asked);
	json_put_field(&text, "student", str_of(s->student));
	buf_puts(&text, "}\n");
	if (folder_find_file(NAME, true, &path))
		folder_replace(path.p, &text, &d);
	buf_free(&path);
	buf_free(&text);
}
