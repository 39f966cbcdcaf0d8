/* Requests a line each from a file, answers to another; see service.h. */
#include "service/service.h"

#include "base/err.h"

/* A line of F to LINE, without its end, of one that is too long only more than
 * a request may have; false at the end. */
static bool
read_request(FILE *f, struct buf *line)
{
	int c;

	buf_clear(line);
	while ((c = getc_unlocked(f)) != EOF && c != '\n')
		if (line->n <= SERVICE_REQUEST_MAX)
			buf_putc(line, (char)c);
	return c != EOF || line->n > 0;
}

int
service_serve(FILE *in, FILE *to)
{
	struct buf line = BUF_INIT, out = BUF_INIT;
	struct service *s;
	int err = service_create(&s);

	while (err == 0 && read_request(in, &line)) {
		buf_clear(&out);
		err = line.err != 0 ? line.err
				    : service_answer(s, buf_view(&line), &out);
		if (err == 0 &&
		    (fwrite(out.p, 1, out.n, to) != out.n || fflush(to) != 0))
			err = ERR_IO;
	}
	if (err == 0 && ferror(in))
		err = ERR_IO;
	buf_free(&line);
	buf_free(&out);
	service_destroy(s);
	return err;
}
