/* What follows a ladder's picture, and how it fits its paper: the list of
 * numbers, messages in full, columns that give way, pages side by side. */
#include "fixtures/check.h"
#include "fixtures/labs.h"
#include "fixtures/sample_more.h"

#include "ladder/ladder_file.h"
#include "ladder/ladder_figure.h"

#define A4_WIDTH  595.28
#define A4_HEIGHT 841.89

static struct layout *
lay(const struct trace *t, bool number)
{
	struct layout_options o = LAYOUT_OPTIONS;
	struct layout *l = NULL;

	o.number = number;
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	CU_ASSERT_EQUAL_FATAL(layout_create(&l, t, &o, NULL), 0);
	return l;
}

static struct str
view(const struct buf *b)
{
	return buf_view(b);
}

static size_t
count(struct str text, const char *what)
{
	size_t n = 0;
	ptrdiff_t at;

	while ((at = str_find(text, what)) >= 0) {
		n++;
		text = str_slice(text, (size_t)at + strlen(what), text.n);
	}
	return n;
}

static void
write_file(const char *format, const struct ladder_file_options *o,
    struct trace *t, struct buf *out)
{
	struct layout *l = lay(t, o->messages || o->numbers);
	struct diag d = DIAG_INIT;

	CU_ASSERT_EQUAL(ladder_file_write(format, t, l, o, out, &d), 0);
	CU_ASSERT_STRING_EQUAL(d.text, "");
	layout_destroy(l);
}

/* In each format that has a place for them: the numbers with names and times,
 * each message once with its heading and its lines; and without being asked
 * none of it. */
static void
messages_follow(void)
{
	static const char *const formats[] = { "svg", "gv", "txt", "md" };
	struct trace *t = sample_lost_invite();
	struct ladder_file_options o = { .messages = true, .numbers = true };

	for (size_t i = 0; i < 4; i++) {
		struct buf out = BUF_INIT, plain = BUF_INIT;
		bool figure = i < 2;

		write_file(formats[i], &o, t, &out);
		CU_ASSERT(str_find(view(&out), "F1 INVITE") >= 0);
		CU_ASSERT(str_find(view(&out), "CSeq: 1 INVITE") >= 0);
		CU_ASSERT(!figure || str_find(view(&out), "time") >= 0);
		CU_ASSERT(
		    str_find(view(&out), "The same message as F1, again."));
		write_file(
		    formats[i], &(struct ladder_file_options){ 0 }, t, &plain);
		CU_ASSERT(str_find(view(&plain), "CSeq:") < 0);
		CU_ASSERT(str_find(view(&plain), "F1") < 0);
		buf_free(&out);
		buf_free(&plain);
	}
	trace_destroy(t);
}

/* Each message of a lab, in its order, on one page and on many. */
struct seen {
	struct buf all;
	size_t pages;
};

static int
see(struct buf *page, size_t i, size_t n, void *arg)
{
	struct seen *s = arg;

	CU_ASSERT_EQUAL(i, s->pages);
	CU_ASSERT(i < n);
	s->pages++;
	buf_str(&s->all, view(page));
	return 0;
}

static void
each_once(const char *lab, double width, double height)
{
	struct lab_options lo = LAB_OPTIONS;
	struct trace *t = lab_trace(lab, &lo);
	struct layout *l = lay(t, true);
	struct ladder_figure_options o = { .messages = t,
		.numbers = true,
		.paper_width = width,
		.paper_height = height };
	struct seen s = { .all = BUF_INIT };
	struct str rest;

	CU_ASSERT_EQUAL(ladder_figure_pages(l, &o, &figure_svg, see, &s), 0);
	CU_ASSERT(width > 0 ? s.pages > 2 : s.pages == 1);
	rest = view(&s.all);
	for (size_t i = 0; i < l->nrows; i++) {
		ptrdiff_t at;
		char id[40];

		if (l->rows[i].item != LAYOUT_MESSAGE)
			continue;
		snprintf(id, sizeof(id), "<g id=\"m%llu\"",
		    (unsigned long long)l->rows[i].seq);
		at = str_find(rest, id);
		CU_ASSERT(at >= 0);
		rest = str_slice(rest, (size_t)(at > 0 ? at : 0), rest.n);
	}
	CU_ASSERT_EQUAL(count(view(&s.all), "<g id=\"m"), l->nmessages);
	/* Every page says how many there are. */
	if (width > 0)
		CU_ASSERT_EQUAL(count(view(&s.all), ">page "), s.pages);
	buf_free(&s.all);
	layout_destroy(l);
	trace_destroy(t);
}

static void
all_messages(void)
{
	static const char *const labs[] = { "labs/cancel", "labs/lost-messages",
		"labs/rfc3665-3.3", "labs/digest-replay" };

	for (size_t i = 0; i < 4; i++) {
		each_once(labs[i], 0, 0);
		each_once(labs[i], A4_WIDTH, A4_HEIGHT);
		each_once(labs[i], A4_HEIGHT, A4_WIDTH);
		each_once(labs[i], 420, 300);
	}
}

/* Long lines go on with a mark; bytes are no markup. */
static void
hostile_messages(void)
{
	struct trace *t = sample_hostile();
	struct ladder_file_options o = { .messages = true };
	LOCAL_BUF out = BUF_INIT;

	write_file("svg", &o, t, &out);
	CU_ASSERT(str_find(view(&out), "<b>") < 0);
	CU_ASSERT(str_find(view(&out), "\033") < 0);
	CU_ASSERT(str_find(view(&out), "\xe2\x80\xae") < 0);
	CU_ASSERT(str_find(view(&out), "\x1f") < 0);
	CU_ASSERT(str_find(view(&out), "SIP/2.0 200 ^[[31m&lt;b&gt;") > 0);
	trace_destroy(t);
}

/* One message, bytes of our own. */
static void
write_message(const char *json, struct buf *out)
{
	struct ladder_file_options o = { .messages = true };
	struct trace *t;
	struct sample s;

	sample_begin(&s, "bytes");
	sample_node(&s, "a", "ua", "", "");
	sample_node(&s, "b", "ua", "", "");
	sample_rec(&s, "act", "a", 0, NULL, ",'by':'person'");
	sample_rec(&s, "send", "a", 1, NULL,
	    ",'src':'a','dst':'b','transport':'udp','proto':'sip',"
	    "'start':'INVITE','cseq':'1 INVITE','call_id':'c','branch':'b',"
	    "'text':'%s'",
	    json);
	sample_rec(&s, "recv", "b", 2, NULL, ",'of':2");
	t = sample_end(&s);
	write_file("svg", &o, t, out);
	trace_destroy(t);
}

static void
lines_wrap(void)
{
	LOCAL_BUF out = BUF_INIT, line = BUF_INIT;

	buf_puts(&line, "INVITE sip:");
	buf_fill(&line, 'x', 300);
	buf_puts(&line, " SIP/2.0\\r\\nSubject:  two  spaces\\r\\n\\r\\n");
	write_message(buf_cstr(&line), &out);
	CU_ASSERT(str_find(view(&out), "xx\\</text>") > 0);
	CU_ASSERT(
	    str_find(view(&out),
		" xml:space=\"preserve\">Subject:  two  spaces</text>") > 0);
	buf_clear(&out);
	write_message("\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006", &out);
	CU_ASSERT(str_find(view(&out), "01 02 03 04 05 06") > 0);
}

/* What is drawn on a width: how large its smallest type is there. */
static double
type_on(struct layout *l, double width, double height, size_t *beside,
    struct buf *out)
{
	double type = 0;
	struct ladder_figure_options o = { .width = height > 0 ? 0 : width,
		.paper_width = height > 0 ? width : 0,
		.paper_height = height,
		.type = &type,
		.beside = beside };
	struct seen s = { .all = BUF_INIT };

	CU_ASSERT_EQUAL(ladder_figure_pages(l, &o, &figure_svg, see, &s), 0);
	buf_clear(out);
	buf_str(out, view(&s.all));
	buf_free(&s.all);
	return type;
}

static void
columns_give_way(void)
{
	struct lab_options lo = LAB_OPTIONS;
	struct trace *t = lab_trace("labs/cancel", &lo);
	struct layout *l = lay(t, false);
	LOCAL_BUF out = BUF_INIT;
	double last = 100, natural;
	size_t beside;

	/* Room enough: as it is, never larger. */
	natural = type_on(l, 1400, 0, &beside, &out);
	CU_ASSERT_DOUBLE_EQUAL(natural, 7.5, 0.01);
	/* Columns first: type keeps most of its size, labels are whole. */
	CU_ASSERT(type_on(l, 950, 0, &beside, &out) > 6.5);
	CU_ASSERT(
	    str_find(view(&out), "487 Request Terminated (INVITE)</") > 0);
	CU_ASSERT(type_on(l, 800, 0, &beside, &out) > 6.3);
	/* Then long labels; the tip still has them. */
	CU_ASSERT(type_on(l, 450, 0, &beside, &out) > 5.0);
	CU_ASSERT(str_find(view(&out), ">INVITE (SDP)</text>") > 0 ||
		  str_find(view(&out), ">INVITE</text>") > 0);
	CU_ASSERT(
	    str_find(view(&out), "487 Request Terminated (INVITE)</ti") > 0);
	for (double width = 1200; width >= 100; width -= 100) {
		double type = type_on(l, width, 0, &beside, &out);
		char size[40];

		/* Columns are set to a tenth of a point. */
		CU_ASSERT(type <= last + 0.02);
		CU_ASSERT_EQUAL(beside, 1);
		snprintf(size, sizeof(size), " width=\"%gpt\"", width);
		CU_ASSERT(str_find(view(&out), size) > 0);
		last = type;
	}
	layout_destroy(l);
	trace_destroy(t);
}

/* The list of numbers has every message whole, on however narrow a column. */
static void
numbers_whole(void)
{
	struct lab_options lo = LAB_OPTIONS;
	struct trace *t = lab_trace("labs/rfc3665-3.2", &lo);
	struct ladder_file_options o = { .numbers = true, .print_width = 241 };
	LOCAL_BUF out = BUF_INIT;
	struct str list;

	write_file("svg", &o, t, &out);
	list = view(&out);
	list =
	    str_slice(list, (size_t)str_find(list, ">message</text>"), list.n);
	CU_ASSERT(str_find(list, "…") < 0);
	CU_ASSERT(str_find(list, ">407 Proxy") > 0);
	CU_ASSERT(count(list, "Required") > 0);
	trace_destroy(t);
}

/* And names that have just room enough are not broken. */
static void
names_whole(void)
{
	struct lab_options lo = LAB_OPTIONS;
	struct trace *t = lab_trace("labs/reliable-provisional", &lo);
	struct ladder_file_options how = { .numbers = true };
	struct layout_options o = LAYOUT_OPTIONS;
	struct diag d = DIAG_INIT;
	struct layout *l = NULL;
	LOCAL_BUF out = BUF_INIT;

	o.number = o.true_time = true;
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	CU_ASSERT_EQUAL_FATAL(layout_create(&l, t, &o, NULL), 0);
	CU_ASSERT_EQUAL(ladder_file_write("svg", t, l, &how, &out, &d), 0);
	CU_ASSERT(str_find(view(&out), ">from</text>") > 0);
	CU_ASSERT(str_find(view(&out), ">alic</text>") < 0);
	layout_destroy(l);
	trace_destroy(t);
}

/* A timer that was set before what is shown took its time: its line enters
 * from above, and is no lozenge. */
static void
timer_enters(void)
{
	struct lab_options lo = LAB_OPTIONS;
	struct trace *t = lab_trace("labs/lost-messages", &lo);
	struct layout_options o = LAYOUT_OPTIONS;
	struct layout *l = NULL;
	LOCAL_BUF out = BUF_INIT;
	struct str row;

	o.timers = o.true_time = true;
	o.from_ns = 3 * INT64_C(1000000000);
	o.to_ns = 4 * INT64_C(1000000000);
	CU_ASSERT_EQUAL_FATAL(layout_create(&l, t, &o, NULL), 0);
	CU_ASSERT_EQUAL(ladder_figure_write(l, NULL, &figure_svg, &out), 0);
	row = view(&out);
	row = str_slice(row, (size_t)str_find(row, "class=\"timer"), row.n);
	row = str_cut(row, '\n', &row);
	CU_ASSERT(str_find(row, ">answers after 2 s</text>") > 0);
	CU_ASSERT_EQUAL(count(row, "<path"), 1);
	layout_destroy(l);
	trace_destroy(t);
}

/* What a person is told. */
static void
remarks(void)
{
	struct trace *t = sample_many(20);
	LOCAL_BUF out = BUF_INIT, remark = BUF_INIT;
	struct ladder_file_options o = { .print_width = 200,
		.remark = &remark };

	write_file("svg", &o, t, &out);
	CU_ASSERT(str_find(view(&remark), " pt in print") > 0);
	CU_ASSERT(str_find(view(&remark), "--node") > 0);
	buf_clear(&remark);
	o = (struct ladder_file_options){ .paper_width = A4_WIDTH,
		.paper_height = A4_HEIGHT,
		.page = 1,
		.remark = &remark };
	write_file("svg", &o, t, &out);
	CU_ASSERT(str_find(view(&remark), "pages side by side") > 0);
	buf_clear(&remark);
	o = (struct ladder_file_options){ .messages = true, .remark = &remark };
	write_file("svg", &o, t, &out);
	CU_ASSERT_EQUAL(remark.n, 0);
	trace_destroy(t);
}

static void
memory_runs_out(void)
{
	struct trace *t = sample_lost_invite();
	struct layout *l = lay(t, true);

	for (int paper = 0; paper < 2; paper++) {
		int err = ERR_NOMEM;

		for (unsigned long n = 1; err != 0 && n < 20000; n++) {
			struct seen s = { .all = BUF_INIT };
			struct ladder_figure_options o = { .messages = t,
				.numbers = true,
				.paper_width = paper ? 300 : 0,
				.paper_height = paper ? 300 : 0 };

			mem_fail_from(n);
			err = ladder_figure_pages(l, &o, &figure_svg, see, &s);
			mem_fail_from(0);
			CU_ASSERT(err == 0 || err == ERR_NOMEM);
			buf_free(&s.all);
		}
		CU_ASSERT_EQUAL(err, 0);
	}
	layout_destroy(l);
	trace_destroy(t);
}

/* Places of a long ladder's rows are short, and add up to what they were. */
static void
long_ladder(void)
{
	struct trace *t = sample_long(5100);
	LOCAL_BUF out = BUF_INIT;
	struct str text;
	ptrdiff_t at;

	write_file("svg", &(struct ladder_file_options){ 0 }, t, &out);
	text = view(&out);
	CU_ASSERT(count(text, "<g transform=\"translate(") > 200);
	CU_ASSERT(out.n / 5100 < 120);
	at = str_find(text, "<g id=\"r4000\"");
	CU_ASSERT_FATAL(at > 0);
	text = str_slice(text, (size_t)at, (size_t)at + 60);
	CU_ASSERT(str_find(text, "><text y=\"") > 0);
	trace_destroy(t);
}

CHECK_MAIN("figure_list", { "messages_follow", messages_follow },
    { "all_messages", all_messages }, { "hostile_messages", hostile_messages },
    { "lines_wrap", lines_wrap }, { "columns_give_way", columns_give_way },
    { "numbers_whole", numbers_whole }, { "names_whole", names_whole },
    { "timer_enters", timer_enters }, { "remarks", remarks },
    { "memory_runs_out", memory_runs_out }, { "long_ladder", long_ladder })
