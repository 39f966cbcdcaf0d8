/* A text as a QR code (ISO/IEC 18004) for a terminal: libqrencode. */
#ifndef CLASSROOM_QR_H
#define CLASSROOM_QR_H

#include "base/buf.h"
#include "base/diag.h"

/* Appends lines of half blocks, two modules high and one wide, with the quiet
 * zone; COLOURS: with escapes that make it black on white, else as for a dark
 * terminal.  0 or D's error. */
int qr_put(const char *text, bool colours, struct buf *out, struct diag *d);

#endif
