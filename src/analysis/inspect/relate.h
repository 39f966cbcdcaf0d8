/* What checks a row of inspect/relation.h: the other messages that it names,
 * and parts of their fields. */
#ifndef INSPECT_RELATE_H
#define INSPECT_RELATE_H

#include "inspect/check.h"

/* The other message of a row, or HERE the message itself. */
struct placed_message {
	bool asked;
	const struct msg *msg; /* NULL: it is not there, or was not seen */
	uint64_t seq;          /* its record */
	bool sure;             /* a finding by it is proved */
	struct str source, destination; /* addresses; may be empty */
	/* Its top Via, once it was asked for; NULL: it can't be read. */
	bool via_asked;
	const struct msg_via *via;
	struct msg_via own_via;
	/* From and To as far as they were asked for. */
	struct placed_message_party {
		bool asked, good;
		struct msg_addr addr;
	} from, to;
};

/* ---- other_message.c ---- */

/* The message WHICH, as seen from L; valid while L is asked about. */
const struct placed_message *
relate_place(struct inspected_message *l, enum other_message which);
/* Its top Via; NULL: it can't be read. */
const struct msg_via *
relate_via(struct inspected_message *l, enum other_message which);
/* Its From or To; NULL: it can't be read. */
const struct msg_addr *relate_party(
    struct inspected_message *l, enum other_message which, enum msg_header id);
/* Its session description; NULL: it has none, or it can't be read. */
const struct msg_sdp *
relate_sdp(struct inspected_message *l, enum other_message which);
/* Notes of L's message what finds it for later ones (other_message_event.c). */
void relate_note(struct inspected_message *l);

/* ---- field_parts.c ---- */

/* The part E as text, in ROOM where it is put together.  False: it is not
 * there. */
bool relate_part(struct inspected_message *l, const struct end *e,
    struct buf *room, struct str *text);

/* For how long the first Contact of a REGISTER asks, else what Expires says;
 * -1: neither. */
int64_t relate_interval(const struct msg *m);

/* ---- field_parts_server.c ---- */

/* M may have credentials, or challenges. */
bool relate_has_digest(const struct msg *m);
/* "Name: value" of FROM's fields, that hops leave as they are, that M lacks. */
void
relate_put_lost(const struct msg *from, const struct msg *m, struct buf *b);
/* The next one of M's challenges or credentials, by whatever scheme, and
 * parameter WORD of one by Digest, without quotes; *AT is 0 at first. */
bool
relate_next_credentials(const struct msg *m, size_t *at, struct str *value);
struct str relate_credential(struct str value, const char *word);
/* The next nonce of its challenges or credentials; *AT is 0 at first. */
bool relate_next_nonce(const struct msg *m, size_t *at, struct str *nonce);

/* ---- relation.c ---- */

int relate_create(struct inspect *in); /* 0 or ERR_NOMEM */
void relate_destroy(struct inspect *in);
/* Asks the rows of L's message, which is sent for the first time. */
void relate_look(struct inspected_message *l);

#endif
