/* Shared by the files of sip of the engine, libosip2's types included. */
#ifndef SIP_ENGINE_IN_H
#define SIP_ENGINE_IN_H

#include <osipparser2/osip_message.h>
#include <osipparser2/osip_parser.h>

#include "msg/message.h"
#include "sip/bytes.h"
#include "sip/transaction.h"
#include "sip/recent_messages.h"

/* URIs that libosip2 has read lately; most are read more than once. */
#define SIP_ENGINE_URIS 8
#define SIP_ENGINE_URI  64 /* bytes of one that is kept */

struct sip_engine {
	struct sim *sim;
	struct sip_bytes *own_of; /* what OWN reads, or NULL: something else */
	struct buf scratch;       /* what libosip2 is given to parse */
	struct buf text;          /* a parameter of a Via */
	struct buf made;          /* bytes of one that is built (build.c) */
	struct sip_engine_uri {
		unsigned char n;
		char text[SIP_ENGINE_URI];
	} uris[SIP_ENGINE_URIS];
	unsigned next_uri; /* the oldest */
	/* From here on it is not cleared when it is made (but
	 * sip_recent_messages_init).
	 */
	struct msg view;  /* of the message that is being received */
	struct msg own;   /* of a message that is about to be sent */
	struct msg built; /* of one that is built (build.c) */
	struct sip_recent_messages recent;
};

/* Memory for one call into libosip2 stands ready: 0 or ERR_NOMEM. */
int sip_osip_reserve(void);

/* E->own reads B now; MSG_FAULT_NONE or why B is not a message. */
enum msg_fault sip_own_read(struct sip_engine *e, struct sip_bytes *b);
/* The same, and msg_check is asked as well. */
enum msg_fault sip_own_check(struct sip_engine *e, struct sip_bytes *b);
/* E->own reads B already. */
void sip_own_is(struct sip_engine *e, struct sip_bytes *b);

/* libosip2 can read URI, which has a URI's characters alone: 0, ERR_SYNTAX or
 * ERR_NOMEM.  URIs read lately are known. */
int sip_engine_read_uri(struct sip_engine *e, struct str uri);

/* A new reference to bytes equal to BYTES: shared with a recent message
 * (sip/recent_messages.h), else a copy; NULL when out of memory. */
struct sip_bytes *sip_shared_bytes(struct sip_engine *e, struct str bytes);

/* Tells the run that memory is out; returns ERR_NOMEM. */
int sip_no_memory(struct sip_engine *e);

#endif
