/* What is wrong, as people read it (base/diag.h). */
#ifndef TEXT_DIAG_TEXT_H
#define TEXT_DIAG_TEXT_H

#include "base/diag.h"

/* "file:line: sentence", safe for a terminal; appended to OUT. */
void diag_write(const struct diag *d, struct buf *out);

#endif
