/* Requests a line each from a file, answers to another; see service.h. */
#include "service/service.h"

#include "base/err.h"

#include <string.h>

/* A line of F to LINE, without its end, of one that is too long only more than
 * a request may have; false at the end. */
static bool
read_request(FILE *f, struct buf *line)
{
	char piece[16384];
	bool any = false;

	buf_clear(line);
	while (fgets(piece, sizeof(piece), f) != NULL) {
		size_t n = strlen(piece);
		bool ends = n > 0 && piece[n - 1] == '\n';

		any = true;
		if (line->n <= SERVICE_REQUEST_MAX)
			buf_str(line, (struct str){ piece, n - ends });
		if (ends)
			break;
	}
	return any;
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
