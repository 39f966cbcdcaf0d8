/* What sip/build.c puts messages together with. */
#ifndef SIP_MAKING_IN_H
#define SIP_MAKING_IN_H

#include "sip/build.h"
#include "sip/engine_in.h"

/* More than any message of a phone or proxy has. */
#define MAKING_FIELDS 16

/* A field that libosip2 would print as it is given. */
struct making_field {
	const char *name;
	struct str value;
};

/* A message under construction; the first error is kept. */
struct making {
	struct sip_engine *engine;
	struct buf given; /* start line and fields as they were given */
	struct buf text;  /* one value, with a NUL */
	struct making_field fields[MAKING_FIELDS];
	size_t nfields;
	struct str type, body;
	osip_message_t *o; /* of what the library must print, or NULL */
	int err;
};

/* K is to be ended by making_print.  0 or ERR_NOMEM. */
int making_start(struct making *k, struct sip_engine *e);
void making_blame(struct making *k, int err);
/* S, a part of one line. */
void making_put(struct making *k, struct str s);
/* A field of a message that has been read before. */
void making_copy(struct making *k, const char *name, struct str value);
/* The same with a value that was made here: ERR_SYNTAX where it is not one
 * line. */
void making_give(struct making *k, const char *name, struct str value);
/* libosip2 must be able to read URI. */
void making_check_uri(struct making *k, struct str uri);
/* A VALUE of no bytes, which is not STR_NULL, stands where the field may be
 * empty; else there is no field.  NAME and VALUE are borrowed until the end, as
 * are those of the next two. */
void making_set_header(struct making *k, const char *name, struct str value);
void making_set_headers(
    struct making *k, const struct sip_header *headers, size_t n);
void making_set_body(struct making *k, struct str type, struct str body);
/* One reference in *OUT, or NULL.  0 or the first error. */
int making_print(struct making *k, struct sip_bytes **out);

#endif
