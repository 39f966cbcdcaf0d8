/* What the server gives as files: the page, its parts, the labs. */
#include "classroom/server_in.h"

#include "base/gzip.h"
#include "web/web.h"

#include <string.h>

/* Of one answer; a line more may be. */
#define LINES_MAX ((size_t)256 << 10)

static struct str
give_page(const struct server *s)
{
	return buf_view(&s->page);
}

static struct str
give_style(const struct server *s)
{
	(void)s;
	return web_style();
}

static struct str
give_script(const struct server *s)
{
	(void)s;
	return web_script();
}

static struct str
give_labs(const struct server *s)
{
	return buf_view(&s->packed);
}

static const struct {
	const char *path, *type;
	struct str (*give)(const struct server *s);
	bool packed;
} files[] = {
	{ "/", "text/html; charset=utf-8", give_page, false },
	{ "/app.css", "text/css; charset=utf-8", give_style, false },
	{ "/app.js", "text/javascript; charset=utf-8", give_script, false },
	{ "/labs", "text/plain; charset=utf-8", give_labs, true },
};

int
server_make_files(struct server *s, struct str library)
{
	int err = gzip_put(library, true, &s->packed);

	web_put_page(
	    &(struct web_page){ .policy = STR_NULL,
		.style = STR("<link rel=\"stylesheet\" href=\"app.css\">\n"
			     "<link rel=\"icon\" href=\"data:,\">\n"),
		.worker = STR_NULL,
		.engine = STR_NULL,
		.script = STR("<script src=\"app.js\"></script>\n") },
	    &s->page);
	return err != 0 ? err : s->page.err;
}

enum MHD_Result
server_reply(struct MHD_Connection *connection, unsigned status,
    const char *type, struct str body, bool packed, const char *cookie)
{
	const char *const headers[][2] = {
		{ "Content-Type", type },
		{ "Content-Security-Policy",
		    "default-src 'none'; script-src 'self'; style-src 'self'; "
		    "connect-src 'self'; img-src data: blob:; media-src data: "
		    "blob:; base-uri 'none'; form-action 'none'; "
		    "frame-ancestors 'none'" },
		{ "X-Content-Type-Options", "nosniff" },
		{ "Referrer-Policy", "no-referrer" },
		{ "Cache-Control", "no-store" },
		{ "Content-Encoding", packed ? "gzip" : NULL },
		{ "Set-Cookie", cookie[0] != '\0' ? cookie : NULL },
	};
	struct MHD_Response *r = mhd.MHD_create_response_from_buffer(
	    body.n, (void *)(uintptr_t)body.p, MHD_RESPMEM_PERSISTENT);
	enum MHD_Result result = MHD_NO;

	if (r == NULL)
		return MHD_NO;
	for (size_t i = 0; i < COUNT_OF(headers); i++)
		if (headers[i][1] != NULL)
			mhd.MHD_add_response_header(
			    r, headers[i][0], headers[i][1]);
	server_begin_phase(server_place_of(connection), PLACE_ANSWER, body.n);
	result = mhd.MHD_queue_response(connection, status, r);
	mhd.MHD_destroy_response(r);
	return result;
}

/* The lines of the live run behind the record that X names, as many as an
 * answer holds; from 0 on with the header. */
static enum MHD_Result
give_lines(struct server *s, struct exchange *x)
{
	const char *since = mhd.MHD_lookup_connection_value(
	    x->connection, MHD_GET_ARGUMENT_KIND, "since");
	unsigned status = MHD_HTTP_OK;
	uint64_t seq = 0;

	if (x->member >= CLASSROOM_MEMBERS_MAX)
		status = MHD_HTTP_UNAUTHORIZED;
	else if (since == NULL || str_u64(str_of(since), &seq) != 0 ||
		 seq > trace_count(s->live))
		status = MHD_HTTP_BAD_REQUEST;
	for (seq += seq > 0;
	     status == MHD_HTTP_OK && seq <= trace_count(s->live) &&
	     x->answer.n < LINES_MAX;
	     seq++) {
		buf_str(&x->answer, trace_line(s->live, seq));
		buf_putc(&x->answer, '\n');
	}
	return x->answer.err != 0 ? MHD_NO
				  : server_reply(x->connection, status,
					"text/plain; charset=utf-8",
					buf_view(&x->answer), false, "");
}

enum MHD_Result
server_give_file(struct server *s, struct exchange *x, const char *path)
{
	struct MHD_Connection *connection = x->connection;

	if (s->live != NULL && strcmp(path, "/live") == 0)
		return give_lines(s, x);
	for (size_t i = 0; i < COUNT_OF(files); i++)
		if (strcmp(path, files[i].path) == 0)
			return server_reply(connection, MHD_HTTP_OK,
			    files[i].type, files[i].give(s), files[i].packed,
			    "");
	return server_reply(
	    connection, MHD_HTTP_NOT_FOUND, "text/plain", STR_NULL, false, "");
}
