/* Answers beside each other: what is meant, however each is written. */
#include "lesson/answer_spelling.h"
#include "lesson/answers.h"
#include "lesson/lesson_in.h"

/* The functions append what PLAIN, as one would type it in ASCII, says; false:
 * it can't be read. */
typedef bool
put_fn(const struct lesson_task *t, struct str plain, struct buf *out);

static bool
put_number(const struct lesson_task *t, struct str plain, struct buf *out)
{
	double value = 0;

	if (!(t->kind == LESSON_TIME ? spelling_time : spelling_number)(
		plain, &value))
		return false;
	buf_printf(out, "%.12g", value);
	return true;
}

static bool
put_option(const struct lesson_task *t, struct str plain, struct buf *out)
{
	size_t i = spelling_option(plain, t->noptions);

	if (i == SIZE_MAX)
		return false;
	buf_putc(out, (char)('a' + (int)i));
	return true;
}

static bool
put_plain_word(const struct lesson_task *t, struct str plain, struct buf *out)
{
	(void)t;
	buf_str(out, spelling_word(plain));
	return true;
}

static bool
put_plain_parts(const struct lesson_task *t, struct str plain, struct buf *out)
{
	lesson_find_tidy(t, spelling_trim(plain), out);
	return true;
}

static bool
put_plain_arrows(const struct lesson_task *t, struct str plain, struct buf *out)
{
	(void)t;
	while (plain.n > 0) {
		struct str line = str_trim(str_cut(plain, '\n', &plain));
		struct lesson_arrow a;

		if (lesson_arrow_read(&a, line) == 0)
			buf_printf(out, "%.*s->%.*s %.*s\n", STR_ARG(a.from),
			    STR_ARG(a.to), STR_ARG(a.what));
		else
			buf_printf(out, "%.*s\n", STR_ARG(line));
	}
	return true;
}

/* What is of other kinds is compared as it stands. */
static put_fn *const puts_of[LESSON_KIND_COUNT] = {
	[LESSON_NUMBER] = put_number,
	[LESSON_TIME] = put_number,
	[LESSON_CHOICE] = put_option,
	[LESSON_TEXT] = put_plain_word,
	[LESSON_FIND] = put_plain_parts,
	[LESSON_DRAW] = put_plain_arrows,
};

int
answer_put_plain(const struct lesson_task *t, struct str text, struct buf *out)
{
	struct buf plain = BUF_INIT;
	struct str answer;

	spelling_plain(text, &plain);
	answer = spelling_answer(buf_view(&plain));
	if (plain.err == 0 &&
	    (puts_of[t->kind] == NULL || !puts_of[t->kind](t, answer, out)))
		buf_str(out, spelling_trim(answer));
	buf_end(&plain, &out->err);
	return out->err;
}
