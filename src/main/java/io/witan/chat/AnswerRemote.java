package io.witan.chat;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * What an answer had to do with a generator on another machine.
 *
 * @param host where it is
 * @param model its name
 * @param sent whether the question and passages went there; else nothing that was found may
 * @param withheld found passages that were left out, because their collections may not leave
 */
@Schema(name = "AnswerRemote")
public record AnswerRemote(String host, String model, boolean sent, int withheld) {}
