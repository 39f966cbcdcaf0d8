/* The ladder as one JSON object: columns, rows, states.  Not translated. */
#ifndef LADDER_LADDER_JSON_H
#define LADDER_LADDER_JSON_H

#include "ladder/layout.h"

/* Appends the object and a newline.  0 or ERR_NOMEM. */
int ladder_json_write(const struct layout *l, struct buf *out);

#endif
