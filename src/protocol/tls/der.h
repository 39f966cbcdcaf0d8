/* DER (ITU-T X.690) as far as certificates need it. */
#ifndef TLS_DER_H
#define TLS_DER_H

#include "base/buf.h"

enum {
	DER_BOOLEAN = 0x01,
	DER_INTEGER = 0x02,
	DER_BIT_STRING = 0x03,
	DER_OCTET_STRING = 0x04,
	DER_OID = 0x06,
	DER_UTF8 = 0x0c,
	DER_UTC_TIME = 0x17,
	DER_TIME = 0x18,
	DER_SEQUENCE = 0x30,
	DER_SET = 0x31,
	DER_CONTEXT = 0x80, /* [n]; with 0x20 it holds others */
};

/* Takes the first element of *IN off; false: there is none, or it is no DER:
 * X.690 leaves one way to write each value (10, 11).  What a constructed one
 * holds is not looked at. */
bool der_next(struct str *in, uint8_t *tag, struct str *content);

#endif
