/* What is remembered of the user; see session/settings.h. */
#include "session/settings.h"

#include "session/session_in.h"

#include <string.h>

/* No ".json": it is no session (session/folder.c). */
#define NAME "/settings"

static bool
find_settings(struct buf *path, bool create)
{
	struct diag d = DIAG_INIT;

	if (folder_find(path, create, &d) != 0)
		return false;
	buf_puts(path, NAME);
	return path->err == 0;
}

static void
take_settings(struct settings *s, struct json_value v)
{
	struct json_value toured = json_member(v, "toured");
	struct str language;

	if (json_plain(json_member(v, "language"), &language) == 0 &&
	    language.n < sizeof(s->language) &&
	    memchr(language.p, '\0', language.n) == NULL)
		memcpy(s->language, language.p, language.n);
	s->toured = toured.type == JSON_BOOL && toured.raw.p[0] == 't';
}

void
settings_read(struct settings *s)
{
	struct buf path = BUF_INIT, text = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct json_value v;
	struct str rest;

	memset(s, 0, sizeof(*s));
	if (find_settings(&path, false) &&
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
	json_put_key(&text, "toured");
	buf_puts(&text, s->toured ? "true}\n" : "false}\n");
	if (find_settings(&path, true))
		folder_replace(path.p, &text, &d);
	buf_free(&path);
	buf_free(&text);
}
