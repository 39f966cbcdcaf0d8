/*
 * A message that is written here, with its index: each field's place is noted
 * as it is put, so that the written bytes are not parsed.  msg_composed_index
 * makes the same index as msg_read, msg_check and msg_know make of the same
 * bytes (tests/sip/test_sip_recent_messages_runs.c compares them).
 */
#ifndef MSG_COMPOSED_MESSAGE_H
#define MSG_COMPOSED_MESSAGE_H

#include "msg/message.h"

/* So many fields and bytes are noted; a larger message is read. */
#define MSG_COMPOSED_FIELDS 24
#define MSG_COMPOSED_BYTES  4096

struct msg_composed_field {
	enum msg_header id;
	bool sound; /* msg_field_is_valid holds for it */
	/* Where in the text. */
	uint32_t line, name_end, value, value_end;
};

struct msg_composed {
	struct buf text;
	bool lost; /* something was put that is not noted */
	/* Of a request; METHOD of a response is that of its request. */
	struct str method_name;
	enum msg_method method;
	unsigned status; /* 0: a request */
	uint32_t head;   /* where the fields begin */
	uint32_t body;
	uint32_t tag; /* where TO's tag begins, which was added, or 0 */
	/* Parts of messages from which values were copied, where they are
	 * known; borrowed. */
	const struct msg_known *via;
	const struct msg_party *from, *to;
	size_t nfields;
	struct msg_composed_field fields[MSG_COMPOSED_FIELDS];
};

/* Nothing is written yet; W takes TEXT's memory. */
void msg_composed_begin(struct msg_composed *w, struct buf *text);

/* A start line each.  METHOD is a token, URI has a URI's characters alone and
 * REASON is a part of a line (25.1); METHOD is borrowed until the end. */
void
msg_composed_request(struct msg_composed *w, struct str method, struct str uri);
void msg_composed_response(struct msg_composed *w, unsigned status,
    struct str reason, enum msg_method method);

/* "NAME: VALUE", a name of ID and a value that has no end of a line but a
 * fold's.  SOUND: msg_field_is_valid is known to hold for it in this message.
 */
void msg_composed_field(struct msg_composed *w, const char *name,
    enum msg_header id, struct str value, bool sound);
/* The same of "VALUE METHOD", METHOD empty or that of the request. */
void msg_composed_number(struct msg_composed *w, const char *name,
    enum msg_header id, uint32_t value, struct str method);
/* The tag of the last field, which has none. */
void msg_composed_tag(struct msg_composed *w, struct str tag);
/* Content-Length, the empty line and the body. */
void msg_composed_body(struct msg_composed *w, struct str body);

/* Makes M the index of BYTES, a copy of the text.  False where something was
 * not noted or may be at fault: then they are to be read. */
bool msg_composed_index(
    const struct msg_composed *w, struct str bytes, struct msg *m);

#endif
