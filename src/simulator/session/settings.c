/* The saved settings of the user; see session/settings.h. */
#include "session/settings.h"

#include "session/session_in.h"
#include "text/json_fields.h"

#include <string.h>

#define NAME "settings"

const struct field settings_fields[] = {
	FIELD(struct settings, language, CHARS,
	    "of all texts: en, zh_CN; none: as the locale has it"),
	FIELD(struct settings, toured, FLAG, "the tour of the screen was seen"),
	FIELD(struct settings, asked, FLAG, "the tour was offered"),
	FIELD(struct settings, student, CHARS,
	    "number of the student who works here"),
	FIELDS_END,
};

void
settings_read(struct settings *s)
{
	LOCAL_BUF path = BUF_INIT, text = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct json_value v;
	struct str rest;

	memset(s, 0, sizeof(*s));
	if (folder_find_file(NAME, false, &path) &&
	    folder_read(path.p, &text, &d) == 0) {
		rest = buf_view(&text);
		if (json_read(&rest, &v) == 0)
			json_take_fields(settings_fields, v, s);
	}
}

void
settings_write(const struct settings *s)
{
	LOCAL_BUF path = BUF_INIT, text = BUF_INIT;
	struct diag d = DIAG_INIT;

	json_put_object(settings_fields, s, &text);
	buf_putc(&text, '\n');
	if (folder_find_file(NAME, true, &path))
		folder_replace(path.p, &text, &d);
}
