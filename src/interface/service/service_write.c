/* Requests that write a branch for elsewhere: as a file, beside another. */
#include "service/service_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "inference/clocks.h"
#include "inference/trace.h"
#include "ladder/diff_figure.h"
#include "listen/listen_wav.h"
#include "packets/capture.h"
#include "packets/reader.h"
#include "text/utf8.h"
#include "trace/align.h"
#include "trace/reader.h"
#include "views/html/html_page.h"
#include "words/diff_text.h"

#include <string.h>

/* A format: what it takes is R's. */
static int
write_trace(struct service *s, const struct service_request *r,
    const struct trace *t, struct buf *out, struct diag *d)
{
	(void)t;
	return engine_records(s->engine, r->branch, 0, out, d);
}

static int
service_write_page(struct service *s, const struct service_request *r,
    const struct trace *t, struct buf *out, struct diag *d)
{
	const struct layout_options o = service_layout(r);
	const struct html_options page = { .title = service_text(r->title),
		.layout = &o };
	struct layout *l = NULL;
	int err = layout_create(&l, t, &o, d);

	(void)s;
	if (err == 0)
		err = html_page_write(t, l, &page, out, d);
	layout_destroy(l);
	return err;
}

static int
service_write_ladder(struct service *s, const struct service_request *r,
    const struct trace *t, struct buf *out, struct diag *d)
{
	const struct layout_options o = service_layout(r);
	const struct ladder_file_options f = { .title = service_text(r->title),
		.width = r->width,
		.numbers = r->numbers,
		.print_width = r->size * 72 / 25.4 };
	struct layout *l = NULL;
	int err = layout_create(&l, t, &o, d);

	(void)s;
	if (err == 0)
		err = ladder_file_write(r->format, t, l, &f, out, d);
	layout_destroy(l);
	return err;
}

static const struct {
	const char *name;
	int (*fn)(struct service *s, const struct service_request *r,
	    const struct trace *t, struct buf *out, struct diag *d);
} others[] = {
	{ "jsonl", write_trace },
	{ "html", service_write_page },
};

/* LIST: the existing formats. */
static int
no_format(const struct service_request *r, const char *list, struct diag *d)
{
	const char *format = r->format != NULL ? r->format : "";

	diag_set(
	    d, ERR_NOTFOUND, NULL, 0, _("there is no format “%s”"), format);
	return diag_near(d, ERR_NOTFOUND, str_of(format), list);
}

static int
service_write_format(struct service *s, const struct service_request *r,
    const struct trace *t, struct buf *out, struct diag *d)
{
	const char *format = r->format != NULL ? r->format : "";
	LOCAL_BUF all = BUF_INIT;

	for (size_t i = 0; i < COUNT_OF(others); i++)
		if (strcmp(others[i].name, format) == 0)
			return others[i].fn(s, r, t, out, d);
	for (size_t i = 0; ladder_file_format(i) != NULL; i++)
		if (strcmp(ladder_file_format(i), format) == 0)
			return service_write_ladder(s, r, t, out, d);
	for (size_t i = 0; i < COUNT_OF(others); i++)
		buf_printf(&all, "%s, ", others[i].name);
	for (size_t i = 0; ladder_file_format(i) != NULL; i++)
		buf_printf(
		    &all, "%s%s", i > 0 ? ", " : "", ladder_file_format(i));
	no_format(r, buf_cstr(&all), d);
	return ERR_NOTFOUND;
}

/* What was written may lack what there was no memory for. */
static int
written(int err, unsigned long lacked)
{
	return err == 0 && mem_failures() != lacked ? ERR_NOMEM : err;
}

static void
service_write_put_bytes(const struct buf *bytes, struct buf *out)
{
	json_put_key(out, "base64");
	buf_putc(out, '"');
	json_put_base64(out, buf_view(bytes));
	buf_putc(out, '"');
}

int
service_export(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	unsigned long lacked = mem_failures();
	struct engine_branch b;
	LOCAL_BUF text = BUF_INIT;
	int err;

	if (!service_find_branch(s, r->branch, &b, d))
		return d->err;
	err = written(service_write_format(s, r, b.trace, &text, d), lacked);
	if (err == 0 && utf8_valid(buf_view(&text)))
		json_put_field(out, "text", buf_view(&text));
	else if (err == 0)
		service_write_put_bytes(&text, out);
	return err;
}

/* ---- sound ---- */

static void
put_listen_remarks(struct str lines, void *arg)
{
	struct buf *out = arg;

	json_open(out, "remarks", '[');
	while (lines.n > 0) {
		json_put_item(out);
		json_put_str(out, str_cut(lines, '\n', &lines));
	}
	buf_putc(out, ']');
}

int
service_sound(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	struct listen_wish w = { .who = { .hear = str_of(r->hear) },
		.from_ns = r->from > 0 ? r->from : -1,
		.to_ns = r->to > 0 ? r->to : INT64_MAX };
	struct service_strings say = { .n = 0 };
	struct buf wav = BUF_INIT, words = BUF_INIT;
	struct engine_branch b;
	int err = service_take_strings(&say, json_member(r->object, "say"));

	w.who.say = (const char *const *)say.list;
	w.who.nsay = say.n;
	if (err == 0 && !service_find_branch(s, r->branch, &b, d))
		err = d->err;
	if (err == 0)
		err = listen_wav(&w, b.trace, put_listen_remarks, out, &wav, d);
	if (err == 0) {
		listen_put_words(&w, &words);
		json_put_field(out, "words", buf_view(&words));
		service_write_put_bytes(&wav, out);
	}
	service_free_strings(&say);
	buf_end(&words, &out->err);
	buf_end(&wav, &err);
	return err;
}

/* ---- two branches ---- */

static int
write_diff(const struct align *al, const struct service_request *r,
    const char *a, const char *b, struct buf *out, struct diag *d)
{
	const char *format =
	    service_text(r->format) != NULL ? r->format : "txt";

	if (strcmp(format, "txt") == 0)
		return diff_text_write(al,
		    &(struct diff_text_options){ .width = r->width,
			.theme = THEME_NONE,
			.name_a = a,
			.name_b = b },
		    out);
	if (strcmp(format, "json") == 0)
		return diff_json_write(al, a, b, out);
	if (strcmp(format, "svg") == 0)
		return diff_figure_write(al,
		    &(struct diff_figure_options){ .name_a = a, .name_b = b },
		    &figure_svg, out);
	return no_format(r, "txt, json, svg", d);
}

/* The run whose trace is the first of the request's texts, called by its path,
 * to A, else the branch.  TEXTS and OWN are to be freed in any case. */
static int
find_compared(struct service *s, const struct service_request *r,
    struct service_texts *texts, struct trace **own, struct engine_branch *a,
    struct diag *d)
{
	struct buf text = BUF_INIT;
	int err = service_take_texts(texts, json_member(r->object, "texts"), d);

	if (err == 0 && texts->n == 0)
		return service_find_branch(s, r->branch, a, d) ? 0 : d->err;
	if (err == 0)
		buf_str(&text, texts->list[0].text);
	if (err == 0 && text.err == 0)
		err = trace_read_buf(own, &text, texts->paths[0], d);
	a->name = texts->n > 0 ? texts->paths[0] : "";
	a->trace = *own;
	return err != 0 ? err : text.err;
}

int
service_diff(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	unsigned long lacked = mem_failures();
	struct engine_branch a, b;
	struct align *al = NULL;
	struct service_texts texts = { .n = 0 };
	LOCAL_TRACE struct trace *own = NULL;
	LOCAL_BUF text = BUF_INIT;
	int err = find_compared(s, r, &texts, &own, &a, d);

	if (err == 0 && !service_find_branch(s, r->other, &b, d))
		err = d->err;
	if (err == 0)
		err = align_create(&al, a.trace, b.trace, NULL, d);
	if (err == 0)
		err = write_diff(al, r, a.name, b.name, &text, d);
	err = written(err, lacked);
	if (err == 0) {
		json_put_field(out, "text", buf_view(&text));
		json_put_bool(out, "same", al->same);
	}
	align_destroy(al);
	service_free_texts(&texts);
	return err;
}

/* ---- a capture, as bytes: what it shows is a trace ---- */

/* A capture with more is looked through elsewhere. */
#define MESSAGES_MOST 50000

static const char *
service_write_name_of(const char *path)
{
	ptrdiff_t slash = str_rchr(str_of(path), '/');

	return path + (slash >= 0 ? slash + 1 : 0);
}

static int
service_write_judge(struct capture *c, const char *name, struct diag *d)
{
	size_t n = capture_count(c);

	if (n > MESSAGES_MOST)
		return diag_set(d, ERR_LIMIT, name, 0,
		    _("has %zu messages; at most %d are shown at once"), n,
		    MESSAGES_MOST);
	if (n > 0 || capture_has_others(c))
		return 0;
	return diag_set(d, ERR_NOTFOUND, name, 0,
	    _("contains no readable SIP message: none over UDP, TCP or SCTP "
	      "without encryption (RTP streams: %zu)"),
	    capture_streams(c));
}

static void
service_write_put_remark(const char *text, struct buf *out)
{
	json_put_item(out);
	json_put_str(out, str_of(text));
}

static void
put_capture_remarks(struct capture *c, struct buf *out)
{
	const char *trouble = capture_trouble(c), *loss;

	buf_putc(out, '[');
	if (trouble != NULL)
		service_write_put_remark(trouble, out);
	for (size_t i = 0; (loss = capture_loss(c, i)) != NULL; i++)
		service_write_put_remark(loss, out);
	buf_putc(out, ']');
}

static int
service_write_keep_line(const char *line, size_t n, void *arg)
{
	struct buf *b = arg;

	buf_add(b, line, n);
	return b->err;
}

/* The lines that `rung export -f trace` writes of it, to LINES. */
static int
service_write_import(
    struct capture *c, const char *name, struct buf *lines, struct diag *d)
{
	struct capture_reader raw = capture_reader_of(c), reader;
	struct address_names *names = NULL;
	struct clocks *clocks = NULL;
	int err = address_names_create(&names);

	if (err == 0)
		err = clocks_create(&clocks, &raw,
		    &(struct clocks_options){ .names = names }, d);
	if (err == 0) {
		reader = clocks_reader(clocks);
		err = capture_trace(&reader,
		    &(struct capture_trace_options){ .names = names,
			.clocks = clocks,
			.title = name,
			.detail = TRACE_PROTOCOL },
		    service_write_keep_line, lines, d);
	}
	clocks_destroy(clocks);
	address_names_destroy(names);
	return err;
}

int
service_capture(const struct engine_text *file, struct trace **t,
    struct buf *remarks, struct diag *d)
{
	const char *name = service_write_name_of(file->path);
	LOCAL_BUF lines = BUF_INIT;
	struct capture *c = NULL;
	int err = capture_create(&c, NULL, d);

	if (err == 0)
		err = capture_feed(c, file->text, d);
	if (err == 0)
		err = capture_end(c, d);
	if (err == 0)
		err = service_write_judge(c, name, d);
	if (err == 0)
		put_capture_remarks(c, remarks);
	if (err == 0)
		err = service_write_import(c, name, &lines, d);
	if (err == 0)
		err = trace_load_buf(t, &lines, name, d);
	capture_close(c);
	return diag_fail(d, err);
}
