/*
 * Packets out of a capture file: pcap (draft-ietf-opsawg-pcap) and pcapng
 * (draft-ietf-opsawg-pcapng), either byte order, micro- and nanoseconds.
 *
 * libpcap is not used for these two: it does not tell where in the file a
 * packet stands, rejects a pcapng file whose interfaces differ in link layer,
 * and reads each packet into memory of its own.  The tests compare this reader
 * with it.
 */
#ifndef PACKETS_PCAP_FILE_H
#define PACKETS_PCAP_FILE_H

#include "packets/source.h"
#include "wire/decode.h"

struct pcap_file_interface {
	uint32_t link;
	uint32_t snap;  /* bytes of a packet that were kept; 0: all */
	uint8_t resol;  /* as option if_tsresol has it */
	int64_t offset; /* if_tsoffset, seconds */
};

struct pcap_file {
	struct source *source;
	struct diag *trouble;
	uint64_t number;
	bool begun, ended, ng, swapped;
	/* pcap */
	bool nano;
	size_t head; /* bytes before a packet's */
	uint32_t link;
	/* pcapng: the present section */
	struct pcap_file_interface *interfaces;
	size_t ninterfaces, cap;
	uint32_t first; /* number of its first interface */
	uint64_t next;  /* where the block after the present one begins */
};

/* HEAD, the first bytes of a file, are those of a pcap or pcapng file. */
bool pcap_file_is(struct str head);

/* Begins C, which is zeroed.  SOURCE and TROUBLE are borrowed; TROUBLE gets why
 * the file could not be read to its end. */
void pcap_file_begin(
    struct pcap_file *c, struct source *source, struct diag *trouble);
void pcap_file_end(struct pcap_file *c);

enum pcap_file_got {
	PCAP_FILE_END, /* there are no more */
	PCAP_FILE_PACKET,
	PCAP_FILE_WAITS, /* the source does: the next has not come whole */
};

/* The next packet into *P. */
enum pcap_file_got pcap_file_next(struct pcap_file *c, struct packet *p);

#endif
