/* One packet, as a capture or a network card hands it over. */
#ifndef WIRE_PACKET_H
#define WIRE_PACKET_H

#include "base/str.h"

struct packet {
	int64_t t;          /* ns since 1970 */
	uint64_t number;    /* from 1 */
	uint64_t at;        /* where its bytes stand in the source */
	uint32_t interface; /* of all sections, from 0 */
	uint32_t link;      /* LINKTYPE_* */
	struct str data;    /* until the next packet is asked for */
	uint32_t length;    /* on the wire: DATA may be less */
};

#endif
