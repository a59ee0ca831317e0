// Sends with the AWS SDK for JavaScript: node sdk.mjs ENDPOINT. Prints the ids as JSON.
import { CreateEmailTemplateCommand, SendBulkEmailCommand, SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';

const client = new SESv2Client({
  endpoint: process.argv[2],
  region: 'eu-west-1',
  credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'example' },
  maxAttempts: 1
});
const FromEmailAddress = '=?UTF-8?B?' + Buffer.from('Älva').toString('base64') + '?= <alva@acme.example>';

const withAttachments = await client.send(new SendEmailCommand({
  FromEmailAddress,
  Destination: { ToAddresses: ['bob@example.com'], CcAddresses: ['Carol <carol@example.com>'] },
  Content: {
    Simple: {
      Subject: { Data: 'Grüße aus JavaScript' },
      Body: { Text: { Data: 'Text' }, Html: { Data: '<p>HTML <img src="cid:dot"></p>' } },
      Headers: [{ Name: 'X-Campaign', Value: 'spring' }],
      Attachments: [
        { FileName: 'bytes.bin', RawContent: Uint8Array.from({ length: 256 }, (_, i) => i), ContentType: 'application/octet-stream' },
        { FileName: 'dot.png', RawContent: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'), ContentType: 'image/png', ContentDisposition: 'INLINE', ContentId: 'dot' }
      ]
    }
  },
  EmailTags: [{ Name: 'kind', Value: 'js' }]
}));

await client.send(new CreateEmailTemplateCommand({
  TemplateName: 'hello',
  TemplateContent: { Subject: 'Hello {{name}}', Text: 'Dear {{name}}, {{offer}}' }
}));

const bulk = await client.send(new SendBulkEmailCommand({
  FromEmailAddress,
  DefaultContent: { Template: { TemplateName: 'hello', TemplateData: '{"name":"friend","offer":"ten percent"}' } },
  BulkEmailEntries: ['Ann', 'Ben', null].map((name, i) => ({
    Destination: { ToAddresses: [`b${i}@example.com`] },
    ReplacementEmailContent: name ? { ReplacementTemplate: { ReplacementTemplateData: JSON.stringify({ name }) } } : undefined
  }))
}));

console.log(JSON.stringify({ withAttachments: withAttachments.MessageId, bulk: bulk.BulkEmailEntryResults }));
