/*
 * The contents of a capture or a log of a network: SIP messages with the time
 * at which they were seen and the addresses between which they went, and
 * streams of media, counted.  The file is read through once and indexed; a
 * message's bytes are read again on demand.  Captures are outside bytes:
 * nothing in one is believed.
 *
 * In a log, the side that wrote it has the address that its own messages or the
 * requests to it name, else no address (`len` 0).  The other side has 0.0.0.0
 * where the log does not name it.
 */
#ifndef PACKETS_CAPTURE_H
#define PACKETS_CAPTURE_H

#include "base/addr.h"
#include "base/diag.h"
#include "base/i18n.h"
#include "trace/protocol.h"

struct capture;

struct capture_options {
	uint64_t memory_most; /* bytes that reassembly may keep; 0: a default */
};

/* One SIP message. */
struct capture_message {
	int64_t t; /* ns since 1970-01-01 UTC, not negative; of a log without
		      dates, since its first day began */
	struct addr src, dst;
	struct str bytes; /* in SCRATCH of capture_get, or in C's own memory */
	uint32_t place;   /* where it was seen: number of the interface or VLAN,
			     from 0 in the order of their first packets */
	uint64_t packet;  /* number of the packet that completed it, from 1; of
			     a log the line where it begins */
	bool cut;         /* the capture kept only its beginning */
	/* What readers of a whole capture spare themselves. */
	uint64_t hash; /* index_hash_message of its bytes */
	uint32_t flow; /* messages of equal addresses have the same, from 1; 0:
			  not known, the addresses tell */
};

/* A packet of RTP or RTCP: what measuring takes.  Of RTCP there are its time
 * and its bytes. */
struct capture_packet {
	int64_t t;      /* as `t` above */
	uint64_t at;    /* of its bytes, for capture_packet_get */
	uint32_t stamp; /* its timestamp */
	uint32_t next;  /* of the same source, from 1; 0: it is the last */
	uint16_t sequence, n; /* N: bytes */
	uint8_t payload;      /* its type */
	uint8_t first;        /* the first byte of what it carries */
	bool marker;
	bool silent; /* it has G.711, and all its samples are next to nothing */
};

/* Packets of RTP or RTCP, one way between two addresses with one SSRC. */
struct capture_stream {
	struct addr src, dst;
	uint32_t ssrc;
	uint8_t payload_type; /* of the first packet, RFC 3551 */
	bool rtcp, tcp;       /* TCP: RFC 4571 */
	bool udptl; /* fax (ITU-T T.38), which has neither SSRC nor type */
	int64_t first, last;           /* as `t` above */
	uint64_t packets, bytes, lost; /* lost: by gaps in the sequence */
	uint32_t place;
	/* The ICMP errors that answered it: the first one as struct datagram
	 * has it (0: none), when it came, and when the last one did. */
	uint32_t icmp;
	int64_t icmp_first, icmp_last;
	/* Streams that differ in their payload types may be of one source,
	 * which the same number names; 0: its packets were not kept.  The main
	 * one of these has all packets of the source, from FIRST_PACKET on
	 * (from 1; 0: it is not the main one). */
	uint32_t source, first_packet;
};

/* X(ID, word in the file, what to say of all of them; "": nothing) */
#define CAPTURE_REMARKS(X)                                                     \
	X(GAP, "gap",                                                          \
	    N_("TCP segments are missing, and with them their contents"))      \
	X(FRAGMENT, "fragment",                                                \
	    N_("datagrams lack fragments and can't be put together"))          \
	X(LONG, "long",                                                        \
	    N_("messages over TCP are longer than 1 MiB, and are left out"))   \
	X(INSIDE, "inside",                                                    \
	    N_("datagrams contain SIP inside something that can't be "         \
	       "decoded, "                                                     \
	       "and are left out"))                                            \
	X(BEHIND, "behind",                                                    \
	    N_("datagrams contain another message after the first, which is "  \
	       "discarded (RFC 3261 18.3)"))                                   \
	X(TLS, "tls",                                                          \
	    N_("connections begin with a TLS handshake: their contents can't " \
	       "be read"))                                                     \
	X(UNMASKED, "unmasked",                                                \
	    N_("WebSocket frames come from a client without a mask (RFC 6455 " \
	       "5.1)"))                                                        \
	X(MORE, "more",                                                        \
	    N_("messages of other protocols than SIP exceed the number that "  \
	       "is "                                                           \
	       "kept, and are left out"))                                      \
	X(OTHER, "other", "")                                                  \
	X(SCTP, "sctp",                                                        \
	    N_("messages over SCTP are not readable: no SIP, no ISUP in "      \
	       "M3UA, "                                                        \
	       "no Diameter, no H.248 as text"))                               \
	X(PIECE, "piece",                                                      \
	    N_("messages over SCTP lack pieces and can't be put together"))    \
	X(USER_PART, "user-part",                                              \
	    N_("messages of the telephone network are not of ISUP, and are "   \
	       "not read"))                                                    \
	X(BINARY, "binary",                                                    \
	    N_("messages of H.248 are in binary form, which is not read"))     \
	X(ESP, "esp", N_("packets of ESP are encrypted, and can't be read"))   \
	X(L2TP, "l2tp",                                                        \
	    N_("packets have SIP in L2TP version 3, whose sessions the "       \
	       "packets do not describe, and are not read"))                   \
	X(WIRELESS, "wireless",                                                \
	    N_("frames of a wireless network are encrypted, and can't be "     \
	       "read"))                                                        \
	X(HEP_PACKED, "hep-packed",                                            \
	    N_("packets of HEP are compressed, and are not read"))             \
	X(LAYER, "layer",                                                      \
	    N_("packets have SIP in a protocol that is not read"))             \
	X(PACKED, "packed",                                                    \
	    N_("messages over WebSocket are compressed, and can't be read"))   \
	X(LOST_START, "lost-start",                                            \
	    N_("lines look like the first line of a SIP message, but the "     \
	       "next "                                                         \
	       "lines do not"))                                                \
	X(WAY, "way",                                                          \
	    N_("messages of a log have one address in the line before them "   \
	       "and "                                                          \
	       "no word for the direction; the direction is taken from their " \
	       "Via"))                                                         \
	X(ICMP, "icmp", "")

enum capture_remark_kind {
#define X(id, word, text) CAPTURE_##id,
	CAPTURE_REMARKS(X)
#undef X
	    CAPTURE_REMARK_COUNT
};

const char *capture_remark_word(enum capture_remark_kind kind);

/* A remark on packets from SRC to DST; OTHER: a message of another protocol. */
struct capture_remark {
	int64_t t; /* as `t` above */
	uint64_t packet;
	struct addr src, dst;
	uint32_t place;
	enum capture_remark_kind kind;
	uint64_t n; /* GAP: bytes that are missing; ICMP: version of IP, type
		       and code, 8 bits each */
	/* OTHER: of which protocol, what it is called, its bytes; the capture's
	 * own. */
	enum trace_proto proto;
	struct str name, bytes;
};

/*
 * PATH is a pcap or pcapng file, also compressed with gzip, or "-", or a text
 * log (Asterisk, Kamailio, FreeSWITCH, sofia, sngrep, SIPp, Linphone, Cisco,
 * tcpdump -A, lines of JSON).  What can't be read to its end is used as far as
 * it goes, and capture_trouble says so.  ERR_IO, ERR_SYNTAX (it is none of
 * these), ERR_LIMIT, ERR_NOMEM, with a sentence in D.
 */
int capture_open(struct capture **c, const char *path,
    const struct capture_options *o, struct diag *d);
void capture_close(struct capture *c); /* may be NULL */

/*
 * The same for a capture that is still being written.  capture_follow: PATH
 * (borrowed until capture_close) is a file that grows; capture_go_on reads what
 * was added to it.  capture_create: a capture that has no file; capture_feed
 * gives it BYTES, as many or as few as there are, which it does not keep.
 * capture_end: no more will come.  After that C is as capture_open would have
 * made it of the same bytes in one piece.  Errors are those of capture_open;
 * then only capture_close is left.
 *
 * In between capture_settle puts what has come so far into order, for the
 * functions below; 0 or ERR_NOMEM.  What may still change then:
 *
 *   - Messages are in the order of time.  One that comes later in the file
 *     but was earlier moves those after it (capture_moved).
 *   - A packet, a fragmented datagram, a message over TCP and one of a log are
 *     there when they are complete, or when it is known that they won't be: a
 *     gap in a TCP stream is passed when 64 segments or 256 KiB wait after it,
 *     or at the end; a log's message ends where the next line shows it.
 *   - A stream of media counts on; where it has fallen silent for 5 s the next
 *     packet makes another one.
 *   - A side of a log's message that no line has named gets its address when a
 *     message names it (capture_moved as well).
 *   - Of a compressed file, how much may come out of it is told by what has
 *     gone in.
 */
int capture_follow(struct capture **c, const char *path,
    const struct capture_options *o, struct diag *d);
int capture_go_on(struct capture *c, struct diag *d);
/* The writer of the pipe that is followed has closed it, or reading has failed:
 * nothing more will come. */
bool capture_is_over(const struct capture *c);
/* Bytes read so far, of a compressed file the uncompressed ones. */
uint64_t capture_read_bytes(const struct capture *c);
/* The file that is followed was shortened, so that C's messages can't be read
 * any more: ERR_IO, said in D.  Else 0. */
int capture_check(struct capture *c, struct diag *d);
/* Another file has its name: likewise; bytes added to this one can still be
 * read. */
int capture_check_name(const struct capture *c, struct diag *d);
int capture_create(
    struct capture **c, const struct capture_options *o, struct diag *d);
int capture_feed(struct capture *c, struct str bytes, struct diag *d);
int capture_end(struct capture *c, struct diag *d);
int capture_settle(struct capture *c);
/* Messages that capture_settle had put in order will stand elsewhere, or have
 * other addresses, after the next one. */
bool capture_moved(const struct capture *c);

size_t capture_count(const struct capture *c);
/* R is a message of TLS to or from the port of SIP. */
bool capture_is_sips(const struct capture_remark *r);
/* R is a message of a protocol that makes up calls by itself: of exchanges, of
 * media gateways, of a subscriber server. */
bool capture_is_signalling(const struct capture_remark *r);
/* C has messages of the one or the other kind. */
bool capture_has_others(const struct capture *c);
/* Message I in the order of time (equal times: in the order of the file), from
 * 0; its bytes stand until SCRATCH is used again. */
void capture_get(const struct capture *c, size_t i, struct capture_message *m,
    struct buf *scratch);
size_t capture_streams(const struct capture *c);
const struct capture_stream *
capture_stream_get(const struct capture *c, size_t i);

/* What could not be read, a sentence in the user's language; NULL: nothing. */
const char *capture_trouble(const struct capture *c);

/* Sentence I (from 0) about losses within the capture, in the user's language,
 * valid until the next call; NULL: there are no more. */
const char *capture_loss(struct capture *c, size_t i);

#endif
