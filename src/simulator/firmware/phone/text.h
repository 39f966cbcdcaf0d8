/*
 * Text put together in a given array: what does not fit is left out and `cut`
 * says so; there is always a NUL at the end.  A printf costs an embedded
 * processor some thousand instructions, these cost tens.
 */
#ifndef FIRMWARE_PHONE_TEXT_H
#define FIRMWARE_PHONE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text {
	char *p;
	size_t n, cap;
	bool cut;
};

/* A text in the array BUF. */
#define TEXT_IN(buf) text_in(buf, sizeof(buf))
struct text text_in(char *p, size_t cap);

void text_c(struct text *t, char c);
/* S may be NULL. */
void text_s(struct text *t, const char *s);
void text_n(struct text *t, const char *s, size_t n);
void text_u(struct text *t, unsigned long value);
/* With zeros in front, WIDTH digits. */
void text_pad(struct text *t, unsigned long value, unsigned width);
/* 32 bits as eight hexadecimal digits, lower case. */
void text_x(struct text *t, uint32_t value);
/* An IPv4 address in host order. */
void text_ip(struct text *t, uint32_t ip);

/* Copies S into the array P of CAP bytes, cut at a whole UTF-8 character. */
void text_copy(char *p, size_t cap, const char *s);
/* Reads a decimal number of up to nine digits at the start of S; false where
 * there is none.  What follows it is not looked at. */
bool text_read_u(const char *s, unsigned long *value);
/* The same of any number of 32 bits. */
bool text_read_u32(const char *s, uint32_t *value);
/* Reads "192.0.2.1", and where PORT is not NULL ":5060" after it (else PORT
 * stays).  False where S is anything else. */
bool text_read_ip(const char *s, uint32_t *ip, uint16_t *port);
/* The character at *P, which moves on; 0 at the end, U+FFFD for bytes that are
 * no UTF-8. */
uint32_t text_next(const char **p);
/* Same; both may be NULL. */
bool text_equal(const char *a, const char *b);
/* Same except for the blanks between words, of which A may have more. */
bool text_same_words(const char *a, const char *b);
/* Same except for the case of ASCII letters; both may be NULL. */
bool text_same(const char *a, const char *b);

#endif
