import { z } from 'zod';

/** What the harness asks of an instance; travels as one argument of its command line. */
export const wishesSchema = z.object({
  /** The file that is run. */
  program: z.string(),
  /** Stands in the instance's own reports. */
  name: z.string(),
  mongodbUri: z.string(),
  /** Where the fake vendor listens. */
  vendorUrl: z.string(),
  sendsPerMinute: z.number(),
  /** The step at which the instance kills itself; it lives when there is none. */
  dieAt: z.string().optional(),
  roles: z.string().optional(),
});

export type Wishes = z.infer<typeof wishesSchema>;

/** A delivery by the vendor, as it travels over HTTP. */
export const deliverySchema = z.object({
  conversationId: z.string().max(200),
  messageId: z.string().max(200),
  vendorId: z.string().max(200),
  text: z.string().max(2_000),
  sentAtMs: z.number(),
});

export type Delivery = z.infer<typeof deliverySchema>;

/** What an instance hands to the vendor. */
export const sendSchema = z.object({
  instance: z.string(),
  id: z.string(),
  conversationId: z.string(),
  text: z.string(),
});

export type VendorSend = z.infer<typeof sendSchema>;

/** What an instance tells the harness over its own channel. */
export const reportSchema = z.discriminatedUnion('report', [
  z.object({ report: z.literal('ready'), doorUrl: z.string() }),
  /** It could not begin, for the database was away or took no writes, and tries again. */
  z.object({ report: z.literal('away') }),
  z.object({ report: z.literal('claimed'), token: z.string() }),
  z.object({ report: z.literal('settled'), settledBy: z.string(), token: z.string().optional() }),
]);

export type Report = z.infer<typeof reportSchema>;
