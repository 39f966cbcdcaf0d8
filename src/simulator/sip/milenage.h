/*
 * Milenage, the functions f1 to f5* by which a SIM and its home network know
 * each other (TS 35.205, TS 35.206): AES-128 under the subscriber's key K, with
 * OPc, which an operator derives for each of his.  Pure functions; AES is
 * nettle's.
 */
#ifndef SIP_MILENAGE_H
#define SIP_MILENAGE_H

#include <stdint.h>

#define MILENAGE_KEY 16 /* octets of K, OPc, RAND, CK, IK */
#define MILENAGE_MAC 8  /* of MAC-A, MAC-S, RES */
#define MILENAGE_SQN 6  /* of SQN, AK */
#define MILENAGE_AMF 2

struct milenage {
	uint8_t k[MILENAGE_KEY], opc[MILENAGE_KEY];
};

/* OPc of OP, which is one operator's, and K (TS 35.206 4.1). */
void milenage_opc(const uint8_t k[MILENAGE_KEY], const uint8_t op[MILENAGE_KEY],
    uint8_t opc[MILENAGE_KEY]);

/* f1 and f1*: what proves that SQN and AMF are the network's, or the SIM's. */
void milenage_macs(const struct milenage *m, const uint8_t rand[MILENAGE_KEY],
    const uint8_t sqn[MILENAGE_SQN], const uint8_t amf[MILENAGE_AMF],
    uint8_t mac_a[MILENAGE_MAC], uint8_t mac_s[MILENAGE_MAC]);

/* f2 to f5 and f5*. */
struct milenage_answer {
	uint8_t res[MILENAGE_MAC];
	uint8_t ck[MILENAGE_KEY], ik[MILENAGE_KEY];
	uint8_t ak[MILENAGE_SQN], ak_star[MILENAGE_SQN];
};
void milenage_answer(const struct milenage *m, const uint8_t rand[MILENAGE_KEY],
    struct milenage_answer *a);

#endif
