package io.laundrybridge.benchmark.stomp;

import java.io.IOException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/**
 * A Kafka listener that hands every record to the simple broker. Settings come as Spring's own properties and {@code
 * benchmark.topic}; prints its address on standard output and ends when standard input does.
 */
@SpringBootApplication
@EnableWebSocketMessageBroker
public class StompServer implements WebSocketMessageBrokerConfigurer {
    private final ObjectProvider<SimpMessagingTemplate> template;

    StompServer(ObjectProvider<SimpMessagingTemplate> template) {
        this.template = template;
    }

    public static void main(String[] arguments) throws IOException {
        SpringApplication.run(StompServer.class, arguments);
        while (System.in.read() >= 0) {
            // the input has no content: only its end counts
        }
        Runtime.getRuntime().halt(0);
    }

    @Override
    public void registerStompEndpoints(StompEndpointRegistry registry) {
        registry.addEndpoint("/stomp");
    }

    @Override
    public void configureMessageBroker(MessageBrokerRegistry registry) {
        registry.enableSimpleBroker("/topic");
    }

    @KafkaListener(topics = "${benchmark.topic}", groupId = "benchmark")
    void record(String value) {
        template.getObject().convertAndSend("/topic/bench", value);
    }

    @EventListener
    void listening(ServletWebServerInitializedEvent event) {
        System.out.println(
                "Spring STOMP: ws://127.0.0.1:" + event.getWebServer().getPort() + "/stomp");
    }
}
