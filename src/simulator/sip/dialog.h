/*
 * Dialogs (RFC 3261 section 12): what two user agents keep of each other
 * between requests: tags, Call-ID, sequence numbers, targets, the route set.
 */
#ifndef SIP_DIALOG_H
#define SIP_DIALOG_H

#include "machine/machine.h"
#include "msg/message.h"
#include "msg/parts.h"
#include "sip/build.h"

#include <stdint.h>

/* Its states are those of machine_dialog (machine/usages.c).  RFC 5407 2: a 2xx
 * confirms the dialog, which is in moratorium until its ACK; after a BYE of
 * this side's it is mortal: the session is over (15.1.1), and the dialog is
 * kept for the answer only. */
struct sip_dialog {
	struct sip_stack *stack;
	struct machine_run machine;
	char *call_id;
	char *local, *remote;         /* From and To values without tags */
	char *local_tag, *remote_tag; /* remote_tag "" for RFC 2543 peers */
	char *remote_target;          /* URI */
	/* RFC 4579 3.4: its Contact has isfocus; its Allow-Events names
	 * conference. */
	bool with_focus, with_conference;
	char **routes; /* whole values, in order of travel */
	size_t nroutes;
	size_t bytes;                /* that count as memory of the run */
	bool new_target, new_routes; /* since the last record */
	uint32_t local_cseq;         /* of the last request sent */
	uint32_t remote_cseq;        /* of the last received; 0: none yet */
};

/*
 * 12.1.1: the dialog of a UAS that answers REQUEST with LOCAL_TAG;
 * 12.1.2: the dialog of a UAC from the response to its REQUEST.
 * 0, ERR_NOMEM, ERR_SYNTAX.  Both write a `dialog` record.  EVENT is
 * EVENT_1XX_SENT, EVENT_2XX_SENT or EVENT_NOTIFY.
 */
int sip_dialog_uas(struct sip_dialog **d, struct sip_stack *s,
    const struct msg *request, struct str local_tag, enum event_id event);
int sip_dialog_uac(struct sip_dialog **d, struct sip_stack *s,
    const struct msg *request, const struct msg *response);
void sip_dialog_destroy(struct sip_dialog *d);

bool sip_dialog_is(const struct sip_dialog *d, enum state_id state);
/* D takes the step EVENT, and its record names WHY.  Where the table has no
 * such step D stays as it is, and the record says that (sip/machine_step.h). */
void
sip_dialog_step(struct sip_dialog *d, enum event_id event, enum rule_id why);
/* D ends, by WHY, in whatever state it is. */
void sip_dialog_end(struct sip_dialog *d, enum rule_id why);

/* A 2xx has confirmed D, and no BYE was sent. */
bool sip_dialog_stands(const struct sip_dialog *d);

/* M (received) belongs to D: Call-ID and both tags agree. */
bool sip_dialog_matches(const struct sip_dialog *d, const struct msg *m);

/* 13.2.2.4: the 2xx computes the route set anew. 0 or ERR_NOMEM. */
int sip_dialog_confirm_uac(struct sip_dialog *d, const struct msg *response);

/* 12.2.2: a request in the dialog; 0, or the status to reject it with: 500
 * where its CSeq is too low, 400 where it is to refresh the target and its
 * Contact is none, or is not the only one. */
unsigned sip_dialog_receive(struct sip_dialog *d, const struct msg *m);
/* 12.2.1.2, 12.2.2: a re-INVITE that was accepted refreshes the target at
 * either side, from the 2xx or from the request; a rejected one changes
 * nothing. 0, ERR_NOMEM, ERR_SYNTAX (the old one stays). */
int sip_dialog_refresh(struct sip_dialog *d, const struct msg *m);

/*
 * 12.2.1.1: a request within the dialog.  SPEC needs method, headers, body;
 * the rest is filled in here.  CSEQ 0 takes the next number; ACK gives that
 * of its INVITE.  *STRICT: it goes to its Request-URI, which is a strict
 * router's, and not to its first Route.
 */
int sip_dialog_request(struct sip_dialog *d,
    const struct sip_request_spec *spec, struct sip_bytes **out, bool *strict);

/* RFC 3263 4: the host that a request for U goes to: maddr before the host. */
struct str sip_uri_host(const struct msg_uri *u);

/* RFC 3263 4.1: the transport that U's parameter asks for becomes DST's, which
 * stays as it is where there is no parameter, nor a scheme that asks for one
 * (26.2.2).  0, or ERR_NOTFOUND where it is one that does not exist here. */
int sip_uri_transport(const struct msg_uri *u, struct addr *dst);

/* Where a request to URI goes (8.1.2), as far as that is an address, and by
 * which transport.  0 or ERR_NOTFOUND. */
int sip_next_hop(struct str uri, struct addr *dst);

/* ---- Session-Expires and Min-SE: RFC 4028 4, 5 ---- */

/* 4: no session interval, and no least one, is shorter. */
#define SIP_SESSION_MIN_S 90

/* The refresher: the sender of the request, or of its response. */
enum sip_refresher {
	SIP_REFRESHER_NONE, /* it is not said */
	SIP_REFRESHER_UAC,
	SIP_REFRESHER_UAS,
};

struct sip_session_interval {
	uint32_t seconds;
	enum sip_refresher refresher; /* 4: any other value counts as none */
	struct str digits;            /* the seconds, a slice of the message */
};

/* The Session-Expires of M.  0, ERR_NOTFOUND (it has none), ERR_SYNTAX (it is
 * not a number below 2^32). */
int sip_session_read(const struct msg *m, struct sip_session_interval *s);
/* The Min-SE of M, 0 where there is none that can be read. */
uint32_t sip_session_min(const struct msg *m);
/* M's sender supports session timers: the option tag `timer`. */
bool sip_session_supported(const struct msg *m);
/* "uac", "uas". */
const char *sip_refresher_name(enum sip_refresher r);
enum sip_refresher sip_refresher_find(struct str name);

#endif
