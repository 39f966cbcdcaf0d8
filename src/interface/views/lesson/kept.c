/*
 * A student's answers and exam, saved with a session; see views/lesson/kept.h.
 */
#include "views/lesson/kept.h"

#include "base/err.h"
#include "text/json_fields.h"

int64_t
exam_left(const struct exam *e, int64_t now)
{
	int64_t gone = now - e->begun;

	if (e->ended != 0 || gone >= e->seconds)
		return 0;
	return gone > 0 ? e->seconds - gone : e->seconds;
}

const struct field exam_fields[] = {
	FIELD(struct exam, seconds, NUMBER, "how long it may take",
	    .most = EXAM_SECONDS_MAX),
	FIELD(struct exam, begun, NUMBER, "when, in seconds since 1970",
	    .most = INT64_MAX / 2),
	FIELD(struct exam, ended, NUMBER, "the same; 0: it goes on",
	    .most = INT64_MAX / 2),
	FIELDS_END,
};

void
kept_lesson_put(const struct answers *a, const struct exam *e, struct buf *out)
{
	buf_puts(out, "{\"answers\":");
	answers_put_json(a, out);
	if (e->seconds > 0) {
		json_put_key(out, "exam");
		json_put_object(exam_fields, e, out);
	}
	buf_putc(out, '}');
}

int
kept_lesson_read(struct json_value v, struct answers *a, struct exam *e)
{
	*e = (struct exam){ .seconds = 0 };
	json_take_fields(exam_fields, json_member(v, "exam"), e);
	return answers_from_json(a, json_member(v, "answers"));
}

int
kept_lesson_find(struct str state, struct answers *a, struct exam *e)
{
	struct json_value all, list;
	int err;

	*a = ANSWERS_INIT;
	*e = (struct exam){ .seconds = 0 };
	if (json_read(&state, &all) != 0 || all.type != JSON_OBJECT)
		return 0;
	err = kept_lesson_read(json_member(all, "lesson"), a, e);
	list = json_member(all, "answers");
	if (err == 0 && list.type == JSON_ARRAY) {
		buf_clear(&a->predictions);
		buf_str(&a->predictions, list.raw);
		err = a->predictions.err;
	}
	return err;
}

/* What the screen writes first (views/tui/play.c). */
#define SHOWN_KEY "position"

bool
kept_was_shown(struct str state)
{
	struct json_value all;

	return json_read(&state, &all) == 0 &&
	       json_member(all, SHOWN_KEY).type == JSON_NUMBER;
}

int
kept_lesson_replace(struct str state, const struct answers *a,
    const struct exam *e, struct buf *out)
{
	struct json_value all, v;
	struct str key;
	size_t at = 0;

	buf_puts(out, "{\"lesson\":");
	kept_lesson_put(a, e, out);
	if (json_read(&state, &all) == 0 && all.type == JSON_OBJECT)
		while (json_next(all.raw, &at, &key, &v)) {
			if (str_is(key, "lesson"))
				continue;
			buf_printf(out, ",\"%.*s\":", STR_ARG(key));
			buf_str(out, v.raw);
		}
	buf_putc(out, '}');
	return out->err;
}
