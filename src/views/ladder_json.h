/* The ladder as one JSON object: columns, rows, states.  Not translated. */
#ifndef VIEWS_LADDER_JSON_H
#define VIEWS_LADDER_JSON_H

#include "views/layout.h"

/* Appends the object and a newline.  0 or ERR_NOMEM. */
int ladder_json_write(const struct layout *l, struct buf *out);

#endif
