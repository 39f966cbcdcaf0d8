/* Predict in the page asks what the quiz of the screen asks: the same question
 * about each message, the same options, verdicts and reasons. */
#include "fixtures/check.h"
#include "fixtures/labs.h"
#include "fixtures/page_check.h"
#include "fixtures/sample_more.h"

#include "views/html/html_page.h"
#include "quiz/quiz.h"

static struct buf
page_of(const struct trace *t)
{
	struct layout_options o = LAYOUT_OPTIONS;
	struct layout *l = NULL;
	struct buf out = BUF_INIT;

	CU_ASSERT_EQUAL_FATAL(layout_create(&l, t, &o, NULL), 0);
	CU_ASSERT_EQUAL(html_page_write(t, l, NULL, &out, NULL), 0);
	layout_destroy(l);
	return out;
}

static struct json_value
data_of(const struct buf *page)
{
	static const char start[] = "id=\"p-data\">";
	struct str s = buf_view(page);
	struct json_value v = { JSON_NONE, STR_NULL };
	ptrdiff_t at = str_find(s, start);

	CU_ASSERT_FATAL(at > 0);
	s = str_slice(s, (size_t)at + strlen(start), s.n);
	CU_ASSERT_EQUAL(json_read(&s, &v), 0);
	return v;
}

static struct json_value
member_at(struct json_value list, uint64_t i)
{
	struct json_value v;
	struct str key;
	size_t at = 0;

	while (json_next(list.raw, &at, &key, &v) == 1)
		if (i-- == 0)
			return v;
	return (struct json_value){ JSON_NONE, STR_NULL };
}

static uint64_t
number_at(struct json_value list, uint64_t i)
{
	int64_t n = -1;

	CU_ASSERT_EQUAL(json_int(member_at(list, i), &n), 0);
	return (uint64_t)n;
}

/* Member I of LIST is the place of TEXT. */
static void
text_is(struct json_value data, struct json_value list, uint64_t i,
    const struct buf *text)
{
	struct json_value v =
	    member_at(json_member(data, "texts"), number_at(list, i));
	LOCAL_BUF is = BUF_INIT;

	CU_ASSERT_EQUAL(json_text(v, &is), 0);
	CU_ASSERT(str_eq(buf_view(&is), str_trim(buf_view(text))));
}

static void
same_option(struct json_value data, struct json_value option,
    const struct quiz *q, size_t i)
{
	struct quiz_pick pick = { .option = i };
	LOCAL_BUF text = BUF_INIT;
	struct doc said = DOC_INIT;

	CU_ASSERT_EQUAL(number_at(option, 1), quiz_check(q, &pick));
	quiz_put_event(&text, &q->options[i].event);
	text_is(data, option, 0, &text);
	buf_clear(&text);
	quiz_judge(q, &pick, false, 4096, &said);
	CU_ASSERT_EQUAL(doc_write(&said, &text), 0);
	text_is(data, option, 2, &text);
	doc_free(&said);
}

/* Whether exactly one option is the answer, and the others are judged. */
static void
same_question(
    const struct trace *t, struct json_value data, struct json_value row)
{
	struct json_value options = member_at(row, 5);
	uint64_t next = number_at(row, 1);
	struct quiz q;
	size_t right = 0;

	CU_ASSERT_EQUAL_FATAL(quiz_make(t, next - 1, &q), 0);
	CU_ASSERT_EQUAL(q.next, next);
	CU_ASSERT_EQUAL(q.at, number_at(row, 0));
	CU_ASSERT(q.at < next);
	CU_ASSERT_EQUAL(quiz_tries(&q), number_at(row, 2));
	for (size_t i = 0; i < q.noptions; i++) {
		struct json_value option = member_at(options, i);

		CU_ASSERT_EQUAL_FATAL(option.type, JSON_ARRAY);
		same_option(data, option, &q, i);
		right += number_at(option, 1) == QUIZ_RIGHT;
	}
	CU_ASSERT_EQUAL(member_at(options, q.noptions).type, JSON_NONE);
	CU_ASSERT_EQUAL(right, 1);
	quiz_free(&q);
}

static void
asks_as_the_screen(const char *lab)
{
	struct trace *t =
	    lab_trace(lab, &(struct lab_options){ .detail = TRACE_PROTOCOL });
	struct buf page = page_of(t);
	struct json_value data = data_of(&page), row;
	struct str key;
	size_t at = 0, asked = 0, sent = 0;

	while (json_next(json_member(data, "quiz").raw, &at, &key, &row) == 1) {
		same_question(t, data, row);
		asked++;
	}
	for (uint64_t seq = 1; seq <= trace_count(t); seq++)
		sent += quiz_is_asked(t, seq);
	CU_ASSERT(asked > 0);
	CU_ASSERT_EQUAL(asked, sent);
	buf_free(&page);
	trace_destroy(t);
}

static void
questions(void)
{
	asks_as_the_screen("labs/lost-messages");
	asks_as_the_screen("labs/forking");
}

/* A long trace's page asks about the first of its messages. */
static void
bounds(void)
{
	struct trace *t = sample_long(2000);
	struct buf page = page_of(t);
	struct json_value data = data_of(&page), row;
	struct str key;
	size_t at = 0, asked = 0;

	while (json_next(json_member(data, "quiz").raw, &at, &key, &row) == 1)
		asked++;
	CU_ASSERT_EQUAL(asked, HTML_QUESTIONS);
	buf_free(&page);
	trace_destroy(t);
}

/* Names in a question can't leave their place. */
static void
hostile_names(void)
{
	struct trace *t = sample_hostile();
	struct buf page = page_of(t);

	CU_ASSERT_PTR_NULL(page_wrong(buf_view(&page)));
	CU_ASSERT_EQUAL(page_count(buf_view(&page), "<script"), 2);
	CU_ASSERT_EQUAL(data_of(&page).type, JSON_OBJECT);
	buf_free(&page);
	trace_destroy(t);
}

CHECK_MAIN("page_predicts", { "the screen's questions", questions },
    { "at most so many", bounds }, { "hostile names", hostile_names })
