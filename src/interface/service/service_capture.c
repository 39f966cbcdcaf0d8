/* A capture, as bytes: what it shows is a trace. */
#include "service/service_in.h"

#include "base/err.h"
#include "packets/capture.h"
#include "inference/clocks.h"
#include "packets/reader.h"
#include "inference/trace.h"
#include "trace/reader.h"

/* A capture with more is looked through elsewhere. */
#define MESSAGES_MOST 50000

static const char *
name_of(const char *path)
{
	ptrdiff_t slash = str_rchr(str_of(path), '/');

	return path + (slash >= 0 ? slash + 1 : 0);
}

static int
judge(struct capture *c, const char *name, struct diag *d)
{
	size_t n = capture_count(c);

	if (n > MESSAGES_MOST)
		return diag_set(d, ERR_LIMIT, name, 0,
		    _("has %zu messages, more than are shown at once (%d)"), n,
		    MESSAGES_MOST);
	if (n > 0 || capture_has_others(c))
		return 0;
	return diag_set(d, ERR_NOTFOUND, name, 0,
	    _("holds no SIP message that can be read: none over UDP, "
	      "TCP or SCTP without encryption (RTP streams: %zu)"),
	    capture_streams(c));
}

static void
put_remark(const char *text, struct buf *out)
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
		put_remark(trouble, out);
	for (size_t i = 0; (loss = capture_loss(c, i)) != NULL; i++)
		put_remark(loss, out);
	buf_putc(out, ']');
}

static int
keep_line(const char *line, size_t n, void *arg)
{
	struct buf *b = arg;

	buf_add(b, line, n);
	return b->err;
}

/* The lines that `rung import` writes of it, to LINES. */
static int
import(struct capture *c, const char *name, struct buf *lines, struct diag *d)
{
	struct capture_reader raw = capture_reader_of(c), reader;
	struct capture_names *names = NULL;
	struct clocks *clocks = NULL;
	int err = capture_names_create(&names);

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
		    keep_line, lines, d);
	}
	clocks_destroy(clocks);
	capture_names_destroy(names);
	return err;
}

int
service_capture(const struct engine_text *file, struct trace **t,
    struct buf *remarks, struct diag *d)
{
	const char *name = name_of(file->path);
	struct buf lines = BUF_INIT;
	struct capture *c = NULL;
	int err = capture_create(&c, NULL, d);

	if (err == 0)
		err = capture_feed(c, file->text, d);
	if (err == 0)
		err = capture_end(c, d);
	if (err == 0)
		err = judge(c, name, d);
	if (err == 0)
		put_capture_remarks(c, remarks);
	if (err == 0)
		err = import(c, name, &lines, d);
	if (err == 0)
		err = trace_load_buf(t, &lines, name, d);
	capture_close(c);
	buf_free(&lines);
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}
