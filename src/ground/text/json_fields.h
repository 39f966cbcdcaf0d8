/*
 * Structs as objects of JSON, by rows that describe their members
 * (base/field.h).
 */
#ifndef TEXT_JSON_FIELDS_H
#define TEXT_JSON_FIELDS_H

#include "base/diag.h"
#include "base/field.h"
#include "text/json.h"

/* Appends the members of OF, to an open object, or in braces. */
void json_put_fields(const struct field *rows, const void *of, struct buf *out);
void json_put_object(const struct field *rows, const void *of, struct buf *out);

/* Appends the Ith object of OF, braces and all. */
typedef void json_object_fn(const void *of, size_t i, struct buf *out);
/* Appends the member KEY: N objects of OF, each on a line of its own. */
void json_put_objects(struct buf *out, const char *key, size_t n,
    json_object_fn *put, const void *of);

/* The same as an object of its own, and a newline. */
void json_put_list(struct buf *out, const char *key, size_t n,
    json_object_fn *put, const void *of);

/* Frees the TEXT and LINE members of OF that json_take_fields has set. */
void json_free_fields(const struct field *rows, void *of);

/* Appends the error to the open object, ERR with D's sentence, if any: wrong,
 * kind (a word of ERR_TABLE), file and line. */
void json_put_wrong(struct buf *out, int err, const struct diag *d);

/*
 * Sets OF by the members of OBJECT, which may be of any type.  Members that are
 * missing or have another type than their row says keep their values, except
 * for FIELD_NEEDED and FIELD_RIGHT: ERR_SYNTAX.  A TEXT or LINE that is not a
 * string becomes "", a BUF is emptied, a HASH is 0.  0, ERR_SYNTAX or
 * ERR_NOMEM; the members set stay the caller's.
 */
int
json_take_fields(const struct field *rows, struct json_value object, void *of);
/* The same; *AMISS: the row that there is an error of, or NULL.  STRINGS,
 * OBJECT and OBJECTS with FIELD_RIGHT are judged as well. */
int json_take_fields_amiss(const struct field *rows, struct json_value object,
    void *of, const struct field **amiss);
/* Says in D what F is to be, and what V is in its place.  ERR_SYNTAX. */
int json_tell_amiss(const struct field *f, struct json_value v, struct diag *d);

#endif
