/* The ladder in other languages of text, and its messages. */
#include "base/err.h"
#include "base/mem.h"
#include "fixtures/check.h"
#include "fixtures/golden.h"
#include "fixtures/labs.h"
#include "text/markdown.h"
#include "ladder/ladder_file.h"
#include "ladder/ladder_messages.h"
#include "fixtures/sample_more.h"
#include "script_check.h"

static const char *const formats[] = { "txt", "md", "mmd", "puml", "json" };

static struct layout *
lay(const struct trace *t, const struct layout_options *o)
{
	struct layout *l = NULL;
	struct diag d = DIAG_INIT;

	CU_ASSERT_EQUAL(layout_create(&l, t, o, &d), 0);
	if (l == NULL)
		printf("  %s\n", d.text);
	CU_ASSERT_PTR_NOT_NULL_FATAL(l);
	return l;
}

static void
text_of(const char *format, const struct trace *t, const struct layout *l,
    bool messages, struct buf *out)
{
	struct ladder_file_options o = { .messages = messages };
	struct diag d = DIAG_INIT;

	buf_clear(out);
	CU_ASSERT_EQUAL(ladder_file_write(format, t, l, &o, out, &d), 0);
}

/* Every text is of its language. */
static void
check(const struct trace *t, const struct layout *l)
{
	LOCAL_BUF out = BUF_INIT;
	size_t arrows = 0;

	for (size_t i = 0; i < l->nrows; i++)
		arrows += l->rows[i].item == LAYOUT_MESSAGE ||
			  l->rows[i].item == LAYOUT_MEDIA;
	text_of("mmd", t, l, false, &out);
	CU_ASSERT(script_is_sound(buf_view(&out), true, arrows));
	text_of("puml", t, l, false, &out);
	CU_ASSERT(script_is_sound(buf_view(&out), false, arrows));
	text_of("md", t, l, true, &out);
	CU_ASSERT(utf8_valid(buf_view(&out)));
	CU_ASSERT(str_starts(buf_view(&out), "# "));
}

static void
every_lab(void)
{
	char *names[LABS_MAX];
	struct lab_options o = LAB_OPTIONS;
	size_t n = labs_list(names, false);

	for (size_t i = 0; i < n; i++) {
		struct trace *t = lab_trace(names[i], &o);
		struct layout_options lo = LAYOUT_OPTIONS;
		struct layout *l;

		CU_ASSERT_PTR_NOT_NULL_FATAL(t);
		lo.number = i % 2;
		lo.fold = i % 3 == 0;
		l = lay(t, &lo);
		check(t, l);
		layout_destroy(l);
		trace_destroy(t);
	}
	labs_free(names, n);
}

static void
goldens(void)
{
	static const struct {
		const char *lab, *name;
		uint64_t remarks[2];
	} labs[] = {
		{ "labs/lost-messages", "lost-messages", { 69, 71 } },
		{ "labs/forking", "forking", { 0 } },
		{ "labs/registration", "registration", { 0 } },
	};
	struct lab_options o = LAB_OPTIONS;
	LOCAL_BUF out = BUF_INIT;
	char name[80];

	for (size_t i = 0; i < sizeof(labs) / sizeof(labs[0]); i++) {
		struct trace *t = lab_trace(labs[i].lab, &o);
		struct layout_options lo = LAYOUT_OPTIONS;
		struct layout *l;

		CU_ASSERT_PTR_NOT_NULL_FATAL(t);
		lo.number = true;
		lo.remarks = labs[i].remarks;
		lo.nremarks = labs[i].remarks[0] != 0 ? 2 : 0;
		l = lay(t, &lo);
		for (size_t k = 0; k < 4; k++) {
			/* Messages once only: they are long. */
			text_of(formats[k], t, l, i == 2, &out);
			snprintf(name, sizeof(name), "texts-%s.%s",
			    labs[i].name, formats[k]);
			CU_ASSERT(golden_same(name, buf_view(&out)));
		}
		layout_destroy(l);
		trace_destroy(t);
	}
}

static void
hostile(void)
{
	struct trace *traces[] = { sample_hostile(), sample_mixed(),
		sample_chinese(), sample_empty(), sample_many(12) };
	LOCAL_BUF out = BUF_INIT;

	for (size_t i = 0; i < 5; i++) {
		struct layout_options o = LAYOUT_OPTIONS;
		struct layout *l;

		o.number = true;
		l = lay(traces[i], &o);
		check(traces[i], l);
		layout_destroy(l);
		if (i == 0) {
			l = lay(traces[i], &o);
			text_of("md", traces[i], l, true, &out);
			CU_ASSERT(
			    golden_same("texts-hostile.md", buf_view(&out)));
			text_of("puml", traces[i], l, true, &out);
			CU_ASSERT(
			    golden_same("texts-hostile.puml", buf_view(&out)));
			layout_destroy(l);
		}
		trace_destroy(traces[i]);
	}
}

/* Names that are words of the languages, and texts that are markup. */
static void
traps(void)
{
	static const char *const names[] = { "end", "note", "x", "n2", "as",
		"a-b", "End", "box", "<script>", "a__b", "ok" };
	static const char *const starts[] = { "200 wrap: not", "200 <script>",
		"200 a;b#c%%{init: 1}%%", "200 **b** //i// --s-- __u__",
		"200 @enduml", "200 $$x$$ &amp; [[l]]", "200 ```",
		"200 ﬂ°°60¶ß", "200 \\n <U+0041> ~~w~~ !include", "200 a: b" };
	struct sample s;
	struct trace *t;
	struct layout *l;
	LOCAL_BUF out = BUF_INIT;
	uint64_t last;
	size_t n = sizeof(names) / sizeof(names[0]);

	sample_begin(&s, "end; # ' %%{init: {}}%% @startuml");
	for (size_t i = 0; i < n; i++)
		sample_node(&s, names[i], "ua", i < 4 ? "red.example" : "",
		    i == 3 ? "as <br/> \"q\"\nend" : "");
	last = sample_rec(&s, "act", "end", 0, NULL,
	    ",'by':'person','verb':'invite','on':'end','args':[]");
	for (size_t i = 0; i + 1 < n; i++)
		last = sample_pass(&s, names[i], names[i + 1], starts[i % 10],
		    "INVITE", last, MS);
	sample_rec(&s, "note", NULL, 1, NULL,
	    ",'text':'one\\ntwo: end note; #3 </pre> ``` ~~~'");
	t = sample_end(&s);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	l = lay(t, NULL);
	check(t, l);
	for (size_t k = 1; k < 4; k++) {
		char name[40];

		text_of(formats[k], t, l, true, &out);
		snprintf(name, sizeof(name), "texts-traps.%s", formats[k]);
		CU_ASSERT(golden_same(name, buf_view(&out)));
	}
	layout_destroy(l);
	trace_destroy(t);
}

/* The longest line of the messages below a figure. */
static size_t
longest(struct str text)
{
	size_t most = 0;

	while (text.n > 0) {
		struct str line = str_cut(text, '\n', &text);
		size_t n = utf8_width(line);

		most = n > most ? n : most;
	}
	return most;
}

/* What was folded is the same field again without the line ends. */
static void
folded_lines(void)
{
	static const char *const messages[] = {
		"INVITE "
		"sip:bob@biloxi.example.com;a-very-long-parameter=of-the-"
		"Request-URI-that-has-no-place-to-break SIP/2.0\r\n"
		"Authorization: Digest username=\"alice, or; bob\", "
		"realm=\"atlanta.example.com\",nonce=\"wf84f1cczx41ae6cbeaea9ce"
		"88d359\",opaque=\"\",uri=\"sip:bob@biloxi.example.com\"\r\n"
		"Subject: "
		"爱丽丝爱丽丝爱丽丝爱丽丝爱丽丝爱丽丝爱丽丝爱丽丝爱丽丝"
		"爱丽丝爱丽丝爱丽丝\r\n\r\nv=0\r\na=a-line-of-a-body-that-is-"
		"longer-than-there-is-room-for-on-one-line-of-72\r\n",
		"X\001\002\003\377\376\r\n",
		"",
		"\r\n",
		"\n\n\n",
		"one line",
	};
	LOCAL_BUF out = BUF_INIT;

	for (size_t i = 0; i < sizeof(messages) / sizeof(messages[0]); i++) {
		ladder_messages_put(str_of(messages[i]), 3, 72, &out);
		buf_puts(&out, "--\n");
	}
	CU_ASSERT(longest(buf_view(&out)) <= 72);
	CU_ASSERT(golden_same("texts-messages.txt", buf_view(&out)));
	buf_clear(&out);
	/* A quoted string is never broken where a space may be put in. */
	for (size_t width = 20; width < 80; width++)
		ladder_messages_put(str_of(messages[0]), 3, width, &out);
	CU_ASSERT_EQUAL(out.err, 0);
}

static void
all_messages_fit(void)
{
	struct lab_options o = { .detail = TRACE_PROTOCOL };
	struct trace *t = lab_trace("labs/rfc3665-3.3", &o);
	struct layout_options lo = LAYOUT_OPTIONS;
	LOCAL_BUF out = BUF_INIT;
	struct layout *l;

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	lo.number = true;
	l = lay(t, &lo);
	CU_ASSERT_EQUAL(ladder_messages_write(t, l, NULL, &out), 0);
	CU_ASSERT(longest(buf_view(&out)) <= LADDER_MESSAGES_WIDTH);
	CU_ASSERT(str_find(buf_view(&out), "   F1 INVITE alice -> proxy1\n\n"
					   "   INVITE sip:bob@biloxi") >= 0);
	layout_destroy(l);
	trace_destroy(t);
}

static void
remarks(void)
{
	struct trace *t = sample_lost_invite();
	uint64_t all[200], count = trace_count(t), none[] = { 0 };
	struct layout_options o = LAYOUT_OPTIONS;
	struct diag d = DIAG_INIT;
	struct layout *l;
	size_t noted = 0;

	CU_ASSERT_FATAL(count < 200);
	for (uint64_t i = 0; i < count; i++)
		all[i] = i + 1;
	o.remarks = all;
	o.nremarks = count;
	l = lay(t, &o);
	for (size_t i = 0; i < l->nrows; i++) {
		noted += l->rows[i].note.text.n > 0;
		CU_ASSERT(l->rows[i].note.text.n == 0 ||
			  l->rows[i].note.at < l->ncolumns ||
			  l->rows[i].item == LAYOUT_NOTE);
	}
	CU_ASSERT(noted >= l->nmessages);
	check(t, l);
	layout_destroy(l);
	o.remarks = none;
	o.nremarks = 1;
	CU_ASSERT_EQUAL(layout_create(&l, t, &o, &d), ERR_RANGE);
	none[0] = count + 1;
	CU_ASSERT_EQUAL(layout_create(&l, t, &o, NULL), ERR_RANGE);
	trace_destroy(t);
}

static void
memory(void)
{
	struct trace *t = sample_lost_invite();
	uint64_t seqs[] = { 2, 3, 4 };
	struct ladder_file_options fo = { .messages = true };
	struct layout_options o = LAYOUT_OPTIONS;
	struct layout *l = NULL;
	int err = ERR_NOMEM;

	o.remarks = seqs;
	o.nremarks = 3;
	o.number = true;
	for (unsigned long n = 1; err != 0 && n < 3000; n++) {
		mem_fail_from(n);
		err = layout_create(&l, t, &o, NULL);
		mem_fail_from(0);
		CU_ASSERT(err == 0 || err == ERR_NOMEM);
	}
	CU_ASSERT_PTR_NOT_NULL_FATAL(l);
	for (size_t k = 0; k < COUNT_OF(formats); k++) {
		err = ERR_NOMEM;
		for (unsigned long n = 1; err != 0 && n < 5000; n++) {
			struct buf out = BUF_INIT;
			struct diag d = DIAG_INIT;

			mem_fail_from(n);
			err =
			    ladder_file_write(formats[k], t, l, &fo, &out, &d);
			mem_fail_from(0);
			CU_ASSERT(err == 0 || err == ERR_NOMEM);
			buf_free(&out);
		}
		CU_ASSERT_EQUAL(err, 0);
	}
	layout_destroy(l);
	trace_destroy(t);
}

/* FILE has HOW with FORMAT in it. */
static bool
is_listed(const char *file, const char *how, const char *format)
{
	LOCAL_BUF text = BUF_INIT;
	char row[40];
	bool is;

	snprintf(row, sizeof(row), "%s%s%c", how, format, how[strlen(how) - 1]);
	CU_ASSERT_EQUAL_FATAL(buf_read_file(&text, file, 1 << 20), 0);
	is = str_find(buf_view(&text), row) >= 0;
	if (!is)
		printf("  %s not in %s\n", format, file);
	return is;
}

/* Each form stands in the manual, and is offered by the page, which draws no
 * PDF but has a run's own page and trace (`others`), and no further ones. */
static void
offered_by_all(void)
{
	static const char page[] = "assets/page/app/export.js",
			  others[] = "html jsonl";
	LOCAL_BUF text = BUF_INIT;
	const char *format;
	struct str rest;

	for (size_t i = 0; (format = ladder_file_format(i)) != NULL; i++) {
		CU_ASSERT(is_listed("docs/FIGURES.md", "`", format));
		if (strcmp(format, "pdf") != 0)
			CU_ASSERT(is_listed(page, "\n\t[\"", format));
	}
	CU_ASSERT_EQUAL_FATAL(buf_read_file(&text, page, 1 << 20), 0);
	rest = buf_view(&text);
	while (rest.n > 0) {
		struct str tail, name, line = str_cut_line(rest, &rest);

		if (!str_starts(line, "\t[\""))
			continue;
		name = str_cut(str_slice(line, 3, line.n), '"', &tail);
		for (size_t i = 0; (format = ladder_file_format(i)) != NULL &&
				   !str_is(name, format);
		     i++)
			;
		CU_ASSERT(format != NULL || str_has_word(str_of(others), name));
	}
}

CHECK_MAIN("texts", { "every_lab", every_lab }, { "goldens", goldens },
    { "hostile", hostile }, { "traps", traps },
    { "folded_lines", folded_lines }, { "all_messages_fit", all_messages_fit },
    { "remarks", remarks }, { "memory", memory },
    { "offered_by_all", offered_by_all })
