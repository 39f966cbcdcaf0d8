/* QR codes; see classroom/server.h. */
#include "classroom/server.h"

#include "base/err.h"
#include "base/library.h"

#include <qrencode.h>

/* What version 40 with the least correction holds of any bytes (ISO 18004). */
#define QR_BYTES_MAX 2953
/* Modules around it that are light. */
#define QUIET 2

#define QR_FUNCTIONS(X) X(QRcode_encodeString8bit) X(QRcode_free)
static struct {
	QR_FUNCTIONS(LIBRARY_POINTER)
} qr;

static bool
qr_is_dark(const QRcode *code, int x, int y)
{
	return x >= 0 && y >= 0 && x < code->width && y < code->width &&
	       (code->data[y * code->width + x] & 1) != 0;
}

static void
qr_put_line(const QRcode *code, int y, bool colours, struct buf *out)
{
	/* By which of its halves are lit. */
	static const char *const blocks[] = { " ", "▄", "▀", "█" };

	buf_puts(out, colours ? "  \033[30;107m" : "  ");
	for (int x = -QUIET; x < code->width + QUIET; x++) {
		bool above = qr_is_dark(code, x, y);
		bool below = qr_is_dark(code, x, y + 1) && y + 1 < code->width;

		/* Without colours the light squares are drawn. */
		if (!colours) {
			above = !above;
			below = !below;
		}
		buf_puts(out, blocks[above * 2 + below]);
	}
	buf_puts(out, colours ? "\033[0m\n" : "\n");
}

int
qr_put(const char *text, bool colours, struct buf *out, struct diag *d)
{
	QRcode *code;
	int err = LIBRARY_LOAD(RUNG_LIBQRENCODE, QR_FUNCTIONS, qr, d);

	if (err != 0)
		return err;
	code = qr.QRcode_encodeString8bit(text, 0, QR_ECLEVEL_L);
	if (code == NULL)
		return diag_set(d, ERR_LIMIT, NULL, 0,
		    _("the address is too long for a QR code, which holds at "
		      "most %d bytes"),
		    QR_BYTES_MAX);
	for (int y = -QUIET; y < code->width + QUIET; y += 2)
		qr_put_line(code, y, colours, out);
	qr.QRcode_free(code);
	return out->err;
}
