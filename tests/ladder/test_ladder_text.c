/* The ladder drawn with characters, against tests/golden. */
#include "fixtures/check.h"
#include "fixtures/golden.h"
#include "fixtures/labs.h"
#include "fixtures/sample_more.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "text/utf8.h"
#include "ladder/ladder_file.h"
#include "ladder/ladder_text.h"

static struct buf
draw(struct trace *t, const struct layout_options *o,
    const struct ladder_text_options *x)
{
	struct layout *l = NULL;
	struct buf out = BUF_INIT;

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	CU_ASSERT_EQUAL_FATAL(layout_create(&l, t, o, NULL), 0);
	CU_ASSERT_EQUAL(ladder_text_write(l, x, &out), 0);
	layout_destroy(l);
	trace_destroy(t);
	return out;
}

static void
compare(const char *name, struct trace *t, const struct layout_options *o,
    const struct ladder_text_options *x)
{
	struct buf out = draw(t, o, x);

	CU_ASSERT(golden_same(name, buf_view(&out)));
	buf_free(&out);
}

static void
goldens(void)
{
	struct layout_options numbered = LAYOUT_OPTIONS;
	struct layout_options folded = LAYOUT_OPTIONS;

	numbered.number = true;
	folded.fold = true;
	compare("ladder.txt", sample_lost_invite(), NULL,
	    &(struct ladder_text_options){ .title = true, .mark = 15 });
	compare("ladder-ascii.txt", sample_lost_invite(), &numbered,
	    &(struct ladder_text_options){ .title = true, .ascii = true });
	compare("ladder-narrow.txt", sample_lost_invite(), &folded,
	    &(struct ladder_text_options){ .width = 40 });
	compare("ladder-colour.txt", sample_lost_invite(), NULL,
	    &(struct ladder_text_options){ .theme = THEME_DEFAULT });
	compare("ladder-twenty.txt", sample_many(20), NULL, NULL);
	compare("ladder-twenty-80.txt", sample_many(20), NULL,
	    &(struct ladder_text_options){ .width = 80 });
	compare("ladder-chinese.txt", sample_chinese(), NULL,
	    &(struct ladder_text_options){ .title = true });
	compare("ladder-chinese-ascii.txt", sample_chinese(), NULL,
	    &(struct ladder_text_options){ .title = true, .ascii = true });
	compare("ladder-hostile.txt", sample_hostile(), &numbered,
	    &(struct ladder_text_options){ .title = true });
	compare("ladder-empty.txt", sample_empty(), NULL,
	    &(struct ladder_text_options){ .title = true });
	compare("ladder-mixed.txt", sample_mixed(), NULL, NULL);
}

/* A long title, a refusal at the last lifeline, a query that is repeated: their
 * words come out whole where there is room, else on more lines or clipped. */
static struct trace *
wordy(void)
{
	struct sample s;
	uint64_t r, q;

	sample_begin(&s, "A ladder with a title that is longer than its lines");
	sample_node(&s, "alice", "ua", "atlanta.example.com", "");
	sample_node(&s, "loc", "location", "biloxi.example.com", "");
	r = sample_rec(&s, "act", "alice", 0, NULL, ",'by':'person'");
	q = sample_rec(&s, "send", "alice", r, NULL,
	    ",'src':'alice','dst':'loc','proto':'location','start':'query',"
	    "'text':'{\\u0022aor\\u0022:\\u0022sip:bob@b.example\\u0022}'");
	sample_recv(&s, "loc", q, 5 * MS);
	q = sample_rec(&s, "send", "alice", r, NULL,
	    ",'src':'alice','dst':'loc','proto':'location','start':'query',"
	    "'retx':%llu,"
	    "'text':'{\\u0022aor\\u0022:\\u0022sip:bob@b.example\\u0022}'",
	    (unsigned long long)q);
	sample_recv(&s, "loc", q, 5 * MS);
	sample_rec(&s, "bad", "loc", r, NULL,
	    ",'fault':'no-end','at':'OPTIONS sip:loc SIP/2.0'");
	sample_rec(&s, "note", NULL, r, NULL,
	    ",'text':'A remark of the whole run may take all its lines.'");
	return sample_end(&s);
}

static void
words_have_room(void)
{
	compare("ladder-words.txt", wordy(), NULL,
	    &(struct ladder_text_options){ .title = true });
	compare("ladder-words-36.txt", wordy(), NULL,
	    &(struct ladder_text_options){ .title = true, .width = 36 });
}

static void
json(void)
{
	struct trace *t = sample_lost_invite();
	struct layout *l = NULL;
	struct buf out = BUF_INIT;
	struct json_value v;
	struct str text;

	CU_ASSERT_EQUAL_FATAL(layout_create(&l, t, NULL, NULL), 0);
	CU_ASSERT_EQUAL(ladder_json_write(l, &out), 0);
	CU_ASSERT(golden_same("ladder.json", buf_view(&out)));
	text = buf_view(&out);
	CU_ASSERT_EQUAL(json_read(&text, &v), 0);
	buf_free(&out);
	layout_destroy(l);
	trace_destroy(t);
	t = sample_hostile();
	CU_ASSERT_EQUAL_FATAL(layout_create(&l, t, NULL, NULL), 0);
	CU_ASSERT_EQUAL(ladder_json_write(l, &out), 0);
	text = buf_view(&out);
	CU_ASSERT_EQUAL(json_read(&text, &v), 0);
	buf_free(&out);
	layout_destroy(l);
	trace_destroy(t);
}

static void
fits_80_columns(const char *file)
{
	struct trace *t = lab_trace(file, &LAB_OPTIONS);
	struct str rest, line;
	struct buf out;

	if (t == NULL)
		return;
	out = draw(t, NULL,
	    &(struct ladder_text_options){ .width = 80, .title = true });
	rest = buf_view(&out);
	while (rest.n > 0) {
		line = str_cut(rest, '\n', &rest);
		if (utf8_width(line) > 80)
			printf("%s: %.*s\n", file, STR_ARG(line));
		CU_ASSERT(utf8_width(line) <= 80);
	}
	buf_free(&out);
}

/* Each lab's, as it goes into a pipe. */
static void
labs_fit_80_columns(void)
{
	labs_each_nth(fits_80_columns, true, LABS_SOME);
	CU_ASSERT_EQUAL_FATAL(i18n_choose("zh"), 0);
	labs_each_nth(fits_80_columns, true, LABS_SOME);
	i18n_choose("en");
}

static void
memory_runs_out(void)
{
	struct trace *t = sample_lost_invite();
	struct ladder_text_options o = { .title = true,
		.theme = THEME_DEFAULT };
	struct layout *l = NULL;
	int err = ERR_NOMEM;

	CU_ASSERT_EQUAL_FATAL(layout_create(&l, t, NULL, NULL), 0);
	for (unsigned long n = 1; err != 0 && n < 3000; n++) {
		struct buf out = BUF_INIT;

		mem_fail_from(n);
		err = ladder_text_write(l, &o, &out);
		mem_fail_from(0);
		CU_ASSERT(err == 0 || err == ERR_NOMEM);
		buf_free(&out);
	}
	CU_ASSERT_EQUAL(err, 0);
	layout_destroy(l);
	trace_destroy(t);
}

/* What a fault made of a message is said on its arrow, once. */
static void
changed_on_the_way(void)
{
	static const char *const effects[] = { "edit", "rewrite", "corrupt",
		"drop" };
	struct sample m;
	struct buf out;
	uint64_t q;

	sample_begin(&m, "Changed");
	sample_node(&m, "alice", "ua", "", "");
	sample_node(&m, "bob", "ua", "", "");
	for (size_t i = 0; i < 4; i++) {
		q = sample_rec(&m, "send", "alice", 0, NULL,
		    ",'src':'alice','dst':'bob','proto':'sip',"
		    "'method':'INVITE','text':'X: x\\r\\n'");
		sample_rec(&m, "fault", NULL, q, NULL,
		    ",'of':%llu,'effect':'%s'", (unsigned long long)q,
		    effects[i]);
		sample_rec(&m, "fault", NULL, q, NULL,
		    ",'of':%llu,'effect':'%s'", (unsigned long long)q,
		    effects[i]);
	}
	out = draw(sample_end(&m), NULL, NULL);
	CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&out), "(not SIP), edited "));
	CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&out), "(not SIP), rewritten "));
	CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&out), "(not SIP), damaged "));
	CU_ASSERT_PTR_NULL(strstr(buf_cstr(&out), "edited, "));
	buf_free(&out);
}

CHECK_MAIN("ladder_text", { "goldens", goldens },
    { "words_have_room", words_have_room }, { "json", json },
    { "labs_fit_80_columns", labs_fit_80_columns },
    { "changed_on_the_way", changed_on_the_way },
    { "memory_runs_out", memory_runs_out })
